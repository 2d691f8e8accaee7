#include "credential/grant.hpp"

#include <cstdint>

namespace bbstream::credential {
namespace {

template <class Number>
void append_number(secret_text& out, Number value)
{
    for (std::size_t byte = 0; byte < sizeof value; ++byte)
        out += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * byte));
}

void append_text(secret_text& out, std::string_view text)
{
    append_number(out, static_cast<std::uint32_t>(text.size()));
    out += text;
}

class reader {
   public:
    explicit reader(std::string_view rest) : rest_(rest) {}

    template <class Number>
    Number number()
    {
        auto const bytes = take(sizeof(Number));
        std::uint64_t value = 0;
        for (std::size_t at = bytes.size(); at-- > 0;)
            value = value << 8 | static_cast<unsigned char>(bytes[at]);
        return static_cast<Number>(value);
    }
    std::string_view text() { return take(number<std::uint32_t>()); }
    // Whether nothing was missing, and nothing is left.
    bool finished() const { return whole_ && rest_.empty(); }

   private:
    std::string_view take(std::size_t size)
    {
        whole_ = whole_ && size <= rest_.size();
        if (!whole_)
            return {};
        auto const taken = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return taken;
    }

    std::string_view rest_;
    bool whole_ = true;
};

}  // namespace

secret_text encode_grant(grant const& from)
{
    secret_text out;
    for (auto const& each : {from.client_id, from.account, from.person, from.scopes})
        append_text(out, each);
    for (auto const* each : {&from.access_token, &from.refresh_token, &from.former_refresh_token})
        append_text(out, *each);
    append_number(out, from.expires);
    append_number(out, from.obtained);
    return out;
}

result<grant> decode_grant(std::string_view bytes)
{
    reader from(bytes);
    grant read;
    for (auto* each : {&read.client_id, &read.account, &read.person, &read.scopes})
        *each = from.text();
    for (auto* each : {&read.access_token, &read.refresh_token, &read.former_refresh_token})
        *each = from.text();
    read.expires = from.number<micros>();
    read.obtained = from.number<micros>();
    if (!from.finished())
        return failure{failure_kind::corrupt, "is damaged"};
    return read;
}

}  // namespace bbstream::credential
