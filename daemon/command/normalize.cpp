#include "daemon/command/normalize.hpp"

#include "daemon/command/complain.hpp"
#include "daemon/command/input.hpp"
#include "event/encode.hpp"
#include "normalize/body.hpp"
#include "normalize/fold.hpp"

namespace bbstream::command {

namespace {

constexpr std::uint64_t state_bytes_max = 16 * 1024 * 1024;

std::string events_of(normalize_options const& options, std::string const& body)
{
    std::string const headers = "x-event-key:" + options.event_key + "\n";
    std::string const instance =
        options.instance.empty() ? std::string(product_name(options.platform)) : options.instance;
    journal::record record;
    record.sequence = 1;
    record.received = now_micros();
    record.product = options.platform;
    record.instance = instance;
    record.headers = headers;
    record.body = body;

    state::state state(state_bytes_max);
    normalize::fold fold(state);
    event::batch lines;
    for (auto const& each : fold.apply(record))
        event::encode(each, {}, record.received, lines);
    std::string text;
    for (std::size_t at = 0; at < lines.size(); ++at)
        text.append(lines[at].value) += '\n';
    return text;
}

}  // namespace

int run_normalize(normalize_options const& options)
{
    auto const body = read_body(options.file);
    if (!body)
        return complain(body.error().message);
    if (auto const checked = normalize::check_body(*body); !checked)
        return complain(checked.error().message);
    return print(events_of(options, *body));
}

}  // namespace bbstream::command
