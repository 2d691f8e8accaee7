// What answers say of the next page, and of when to ask again: the input is a line (Retry-After, and the target of this
// page) and a body. Whatever they hold, what is asked for next is a path on our own host, in one line.
#include "rest/cloud/paging.hpp"
#include "rest/datacenter/paging.hpp"
#include "rest/json.hpp"
#include "rest/retry.hpp"
#include "rest/target.hpp"

#include <cstdlib>

using namespace bbstream;

namespace {

constexpr micros now = 1'790'000'000'000'000;

void demand(bool holds)
{
    if (!holds)
        std::abort();
}

bool is_target(std::string_view text)
{
    return text.starts_with('/') && text.find_first_of(" \t\r\n#") == std::string_view::npos &&
           text.find('\0') == std::string_view::npos;
}

void check_next(rest::paging next, std::string const& current, rest::json const& page)
{
    auto const found = next(current, page);
    demand(found ? !*found || is_target(**found) : !found.error().message.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size)
{
    std::string_view const input(reinterpret_cast<char const*>(data), size);
    auto const line = input.substr(0, input.find('\n'));
    auto const body = input.substr(std::min(line.size() + 1, input.size()));

    if (auto const wait = rest::parse_retry_after(line, now))
        demand(wait->count() >= 0 && *wait <= rest::retry_after_max);

    auto const given = rest::target_of(line);
    demand(!given || is_target(*given));
    std::string const current = given.value_or("/2.0/repositories/acme?pagelen=100");
    auto const numbered = rest::with_parameter(current, "page", "7");
    demand(is_target(numbered) && rest::parameter(numbered, "page") == "7");

    rest::json_document document;
    auto const page = document.parse(body);
    check_next(rest::cloud::by_next, current, page);
    check_next(rest::cloud::by_number, current, page);
    check_next(rest::datacenter::by_start, current, page);
    return 0;
}
