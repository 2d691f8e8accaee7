#include "daemon/action_words.hpp"

#include "event/json_object.hpp"
#include "rest/target.hpp"

#include <charconv>

namespace bbstream::daemon {

admin_answer refused(unsigned status, std::string_view why)
{
    return {status, event::object_of([&](event::json_writer& to) { to.text<"error">(why); })};
}

admin_answer refused(failure const& why)
{
    return refused(why.kind == failure_kind::invalid ? 400 : 503, why.message);
}

std::optional<std::string> value_of(std::string_view target, std::string_view name)
{
    return rest::percent_decoded(rest::parameter(target, name).value_or(std::string_view()));
}

std::uint64_t number_of(std::string_view text)
{
    std::uint64_t number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

}  // namespace bbstream::daemon
