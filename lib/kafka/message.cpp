#include "kafka/message.hpp"

namespace bbstream::kafka {

namespace {

std::string_view text(void const* begin, std::size_t size)
{
    return begin == nullptr ? std::string_view() : std::string_view(static_cast<char const*>(begin), size);
}

// As event::encoded has them: name NUL value NUL ...
void read_headers(rd_kafka_message_t const& message, std::string& into)
{
    into.clear();
    rd_kafka_headers_t* headers = nullptr;
    if (rd_kafka_message_headers(&message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return;
    char const* name = nullptr;
    void const* value = nullptr;
    std::size_t size = 0;
    for (std::size_t at = 0; rd_kafka_header_get_all(headers, at, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR;
         ++at)
        into.append(name).append(1, '\0').append(static_cast<char const*>(value), size).append(1, '\0');
}

}  // namespace

std::string_view key_of(rd_kafka_message_t const& message)
{
    return text(message.key, message.key_len);
}

std::string_view value_of(rd_kafka_message_t const& message)
{
    return text(message.payload, message.len);
}

sink::read_event event_of(rd_kafka_message_t const& message, std::string& headers)
{
    read_headers(message, headers);
    return {value_of(message), key_of(message), headers};
}

}  // namespace bbstream::kafka
