#include "state/reconciliation.hpp"

namespace bbstream::state {

namespace {

constexpr std::size_t map_node_bytes = 64;
constexpr std::size_t name_node_bytes = 80;
constexpr std::size_t id_node_bytes = 48;
constexpr std::size_t doubt_node_bytes = 96;
constexpr std::size_t run_node_bytes = 144;
constexpr std::size_t deployment_node_bytes = 128;
constexpr std::size_t discussion_node_bytes = 192;

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

std::size_t watch_bytes(pull_request_watch const& of)
{
    std::size_t bytes = (of.open.size() + of.open_seen.size()) * id_node_bytes + of.doubts.size() * doubt_node_bytes +
                        of.discussions.size() * discussion_node_bytes + text_bytes(of.pages.next);
    for (auto const& [id, each] : of.discussions)
        bytes += each.seen.size() * id_node_bytes + each.doubts.capacity() * sizeof(comment_doubt);
    return bytes;
}

// Those that will soon have ended, or whose steps are to be looked at.
bool has_open_runs(pipeline_watch const& of)
{
    return std::ranges::any_of(of.runs, [](auto const& each) { return each.second.stage != run_stage::paused; });
}

std::size_t watch_bytes(pipeline_watch const& of)
{
    return of.runs.size() * run_node_bytes + text_bytes(of.pages.next);
}

std::size_t watch_bytes(deployment_watch const& of)
{
    return of.open.size() * deployment_node_bytes + text_bytes(of.pages.next);
}

std::size_t history_bytes(history const& of)
{
    return list_bytes(of.wanted) + list_bytes(of.done) + of.trails.size() * map_node_bytes +
           text_bytes(of.commits.next);
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

request* find_request(reconciliation& of, key const& change)
{
    auto const at = std::ranges::find(of.requests, change, &request::change);
    return at == of.requests.end() ? nullptr : &*at;
}

bool set_live(reconciliation& of, std::string_view name, bool lives)
{
    if (!lives)
        drop_doubt(of, name);
    auto const at = of.live.find(name);
    if (lives == (at != of.live.end()))
        return false;
    if (lives)
        of.live.emplace(name);
    else
        of.live.erase(at);
    return true;
}

seconds last_whole_look(reconciliation const& of)
{
    bool const walks = of.refs.pages > 0 || of.commits.pages > 0 || of.pull_requests.pages.pages > 0 ||
                       of.pipelines.pages.pages > 0 || of.deployments.pages.pages > 0 || of.history.since != 0;
    bool const doubts = !of.observed.empty() || !of.doubts.empty() || !of.pull_requests.doubts.empty() ||
                        !of.pull_requests.discussions.empty();
    return walks || doubts || has_open_runs(of.pipelines) ? 0 : of.looked;
}

std::size_t weight(reconciliation const& of)
{
    std::size_t bytes = list_bytes(of.reconciled) + list_bytes(of.observed) + list_bytes(of.doubts) +
                        list_bytes(of.wanted) + of.live.size() * name_node_bytes + of.trails.size() * map_node_bytes +
                        text_bytes(of.refs.next) + text_bytes(of.commits.next) + text_bytes(of.itself.id) +
                        text_bytes(of.itself.known) + text_bytes(of.itself.doubted) + text_bytes(of.repository) +
                        text_bytes(of.default_ref) + of.requests.capacity() * sizeof(request) +
                        watch_bytes(of.pull_requests) + watch_bytes(of.pipelines) + watch_bytes(of.deployments) +
                        history_bytes(of.history);
    for (auto const& each : of.requests)
        bytes += text_bytes(each.ref) + text_bytes(each.withheld);
    for (auto const& name : of.live)
        bytes += text_bytes(name);
    return bytes;
}

}  // namespace bbstream::state
