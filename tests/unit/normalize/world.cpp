#include "world.hpp"

#include <algorithm>

namespace bbstream::test {

history make_world(int number, kind_of_world kind, generator& random)
{
    return number % 2 == 0 ? make_cloud_world(number, kind, random) : make_datacenter_world(number, kind, random);
}

std::string hash_of(int number)
{
    std::string const digits = std::to_string(number);
    if (number == 0)
        return std::string(40, '0');
    return std::string(12 - digits.size(), 'a') + digits + std::string(28, 'e');
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
