#include "event/data_json.hpp"

#include "event/data_writer.hpp"

namespace bbstream::event {

namespace {

void write(data_writer&, dead_letter const&) {}
void write(data_writer&, otlp_spans const&) {}

}  // namespace

void append_data(std::string& out, event const& what, trim how, privacy const& rules)
{
    data_writer into(out, what, how, rules);
    into.begin();
    std::visit([&](auto const& data) { write(into, data); }, what.data);
    into.end();
}

trim trim_more(event const& what, trim how)
{
    while (how < trim::all_but_ids) {
        how = static_cast<trim>(static_cast<int>(how) + 1);
        if (std::visit([&](auto const& data) { return shortens(how, data); }, what.data))
            break;
    }
    return how;
}

bool lacks_payload(event const& what)
{
    auto const* unknown = std::get_if<unknown_received>(&what.data);
    return unknown && unknown->payload.empty() && unknown->payload_length > 0;
}

}  // namespace bbstream::event
