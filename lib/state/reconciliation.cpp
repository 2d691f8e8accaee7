#include "state/reconciliation.hpp"

namespace bbstream::state {

namespace {

constexpr std::size_t map_node_bytes = 64;

std::size_t text_bytes(std::string const& text)
{
    return text.capacity() > std::string().capacity() ? text.capacity() + 1 : 0;
}

template <class Named>
std::size_t list_bytes(std::vector<Named> const& list)
{
    std::size_t bytes = list.capacity() * sizeof(Named);
    for (auto const& each : list)
        bytes += text_bytes(each.name);
    return bytes;
}

}  // namespace

void set_head(std::vector<named_head>& in, std::string_view name, head const& to)
{
    auto const at = place_of(in, name);
    if (at != in.end() && at->name == name)
        at->head = to;
    else
        in.insert(at, {std::string(name), to});
}

void drop_doubt(reconciliation& of, std::string_view name)
{
    auto const at = place_of(of.doubts, name);
    if (at != of.doubts.end() && at->name == name)
        of.doubts.erase(at);
}

void set_live(reconciliation& of, std::string_view name, bool lives)
{
    auto const at = std::lower_bound(of.live.begin(), of.live.end(), name);
    bool const listed = at != of.live.end() && *at == name;
    if (lives && !listed)
        of.live.emplace(at, name);
    else if (!lives && listed)
        of.live.erase(at);
    if (!lives)
        drop_doubt(of, name);
}

std::size_t weight(reconciliation const& of)
{
    std::size_t bytes = list_bytes(of.reconciled) + list_bytes(of.observed) + list_bytes(of.doubts) +
                        list_bytes(of.wanted) + of.live.capacity() * sizeof(std::string) +
                        of.trails.size() * map_node_bytes + text_bytes(of.refs.next) + text_bytes(of.commits.next);
    for (auto const& name : of.live)
        bytes += text_bytes(name);
    return bytes;
}

}  // namespace bbstream::state
