#include "world.hpp"

#include <algorithm>

namespace bbstream::test {
namespace {

constexpr int steps_of_repository = 60;
constexpr int steps_of_project = 20;

}  // namespace

history make_world(int number, kind_of_world kind, generator& random)
{
    return number % 2 == 0 ? make_cloud_world(number, kind, random) : make_datacenter_world(number, kind, random);
}

ref_name name_of_ref(int ref)
{
    bool const is_tag = ref == refs_of_world - 1;
    std::string const name = (is_tag ? "t" : "b") + std::to_string(ref);
    return {is_tag, name, (is_tag ? "refs/tags/" : "refs/heads/") + name};
}

std::string kind_of_change(int before, int after)
{
    if (before == 0)
        return "ref.created";
    return after == 0 ? "ref.deleted" : "ref.updated";
}

std::string pull_request_subject(int id)
{
    return " pullrequests/" + std::to_string(id);
}

std::string pull_request_machine(std::string_view kind, int id)
{
    return std::string(kind) + '/' + std::to_string(id);
}

std::string hash_of(int number)
{
    std::string const digits = std::to_string(number);
    if (number == 0)
        return std::string(40, '0');
    return std::string(12 - digits.size(), 'a') + digits + std::string(28, 'e');
}

history world::run(kind_of_world kind)
{
    bool const project = kind == kind_of_world::project;
    if (!project)
        begin_repository();
    for (int step = 0; step < (project ? steps_of_project : steps_of_repository); ++step) {
        wait();
        if (project)
            change_project();
        else
            take_step();
    }
    return std::move(told_);
}

bool world::is_new_commit(int hash)
{
    if (std::find(commits_.begin(), commits_.end(), hash) != commits_.end())
        return false;
    commits_.push_back(hash);
    return true;
}

told& world::tell(product platform, std::string_view key, members const& body, texts const& kinds, texts machines)
{
    told what;
    what.of.platform = platform;
    what.of.instance = platform == product::cloud ? "cloud" : "dc";
    what.of.event_key = key;
    what.of.id = std::to_string(number_) + "-" + std::to_string(told_.size());
    what.of.received = now_ + pick(900'000);
    what.of.body = object(body);
    what.kinds = kinds;
    what.machines = std::move(machines);
    return told_.emplace_back(std::move(what));
}

}  // namespace bbstream::test
