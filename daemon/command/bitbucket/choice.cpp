#include "daemon/command/bitbucket/choice.hpp"

#include "daemon/command/complain.hpp"

namespace bbstream::command {
namespace {

choice misuse(std::string const& why)
{
    complain(why);
    return {std::nullopt, misused};
}

}  // namespace

choice choose_instance(std::vector<config::instance> const& among, std::string const& name)
{
    std::string names;
    for (auto const& each : among) {
        if (each.name == name || (name.empty() && among.size() == 1))
            return {each, success};
        names += (names.empty() ? "" : ", ") + each.name;
    }
    if (name.empty())
        return misuse("several instances are configured: choose one by --instance (" + names + ")");
    return misuse("no instance is named " + name + " (there are " + names + ")");
}

}  // namespace bbstream::command
