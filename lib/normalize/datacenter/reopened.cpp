#include "normalize/datacenter/reopened.hpp"

#include "normalize/datacenter/needed.hpp"

namespace bbstream::normalize::datacenter {

namespace {

state::key machine_of(mapping& in, event::pull_request const& of)
{
    return in.machine("declined", {std::to_string(of.id)});
}

}  // namespace

void remember_declined(mapping& in, event::pull_request const& of)
{
    if (of.version)
        in.remember(machine_of(in, of), static_cast<std::int64_t>(*of.version));
}

bool add_reopened(mapping& in, event::pull_request const& of)
{
    if (of.state != "open" || !of.version)
        return false;
    auto const machine = machine_of(in, of);
    auto const declined = in.remembered(machine);
    if (!declined || static_cast<std::int64_t>(*of.version) <= *declined)
        return false;
    in.forget(machine);
    auto& made = in.add_counted(event::type::pullrequest_reopened, in.facts().pull_request_reopened(of.id),
                                pull_request_subject(of, in.memory()), of.updated_at);
    made.data = event::pull_request_fact{&of};
    return true;
}

}  // namespace bbstream::normalize::datacenter
