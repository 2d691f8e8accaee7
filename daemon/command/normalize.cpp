#include "daemon/command/normalize.hpp"

#include "base/file.hpp"
#include "event/encode.hpp"
#include "normalize/body.hpp"
#include "normalize/fold.hpp"

#include <cstdio>

namespace bbstream::command {

namespace {

constexpr std::size_t body_bytes_max = 64 * 1024 * 1024;
constexpr std::uint64_t state_bytes_max = 16 * 1024 * 1024;

result<std::string> read_standard_input()
{
    std::string body;
    char piece[64 * 1024];
    while (std::size_t const size = std::fread(piece, 1, sizeof piece, stdin)) {
        body.append(piece, size);
        if (body.size() > body_bytes_max)
            return failure{failure_kind::invalid, "standard input is larger than 64 MiB"};
    }
    if (std::ferror(stdin))
        return failure{failure_kind::io, "standard input can't be read"};
    return body;
}

int complain(std::string const& why)
{
    std::fprintf(stderr, "bbstream: %s\n", why.c_str());
    return 1;
}

void print_events(normalize_options const& options, std::string const& body)
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
    for (std::size_t at = 0; at < lines.size(); ++at) {
        auto const value = lines[at].value;
        std::fwrite(value.data(), 1, value.size(), stdout);
        std::fputc('\n', stdout);
    }
}

}  // namespace

int run_normalize(normalize_options const& options)
{
    auto const body = options.file.empty() ? read_standard_input() : read_file(options.file, body_bytes_max);
    if (!body)
        return complain(body.error().message);
    if (auto const checked = normalize::check_body(*body); !checked)
        return complain(checked.error().message);
    print_events(options, *body);
    if (std::fflush(stdout) != 0)
        return complain("standard output can't be written");
    return 0;
}

}  // namespace bbstream::command
