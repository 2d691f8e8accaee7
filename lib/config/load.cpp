#include "config/load.hpp"

#include "base/file.hpp"
#include "config/sections.hpp"

#include <unistd.h>

#include <algorithm>
#include <map>

namespace bbstream::config {

namespace {

constexpr std::size_t host_name_max = 256;

std::string host_name()
{
    char name[host_name_max] = {};
    return ::gethostname(name, sizeof name - 1) == 0 ? name : "";
}

void read_node(table_reader& top, std::string& node)
{
    top.text("node", node, node_name);
    if (!node.empty() || top.has("node"))
        return;
    node = host_name();
    if (!node_name(node).empty())
        top.wrong("node", "missing, and the host's name " + shown(node) + " can't stand in for it");
}

// Two instances must differ in `what`, which `value` gives.
template <class Value>
void require_unique(std::vector<table_reader> const& tables, std::vector<instance> const& instances,
                    std::string_view key, Value value)
{
    std::map<std::string, std::uint32_t> lines;
    for (std::size_t i = 0; i < instances.size(); ++i) {
        std::string const& text = value(instances[i]);
        auto const line = tables[i].line_of("");
        auto const [first, fresh] = lines.emplace(text, line);
        if (!fresh && !text.empty())
            tables[i].wrong(key, shown(text) + " is taken by the instance of line " + std::to_string(first->second));
    }
}

void read_instances(table_reader& top, config& to)
{
    auto const tables = top.tables("instance");
    for (auto const& each : tables)
        read_instance(each, to.instances.emplace_back());
    if (tables.empty() && !top.has("instance"))
        top.wrong("instance",
                  "missing: at least one [[instance]] with name, platform, webhook.path and webhook.secrets");
    require_unique(
        tables, to.instances, "name", [](instance const& one) -> auto& { return one.name; });
    require_unique(
        tables, to.instances, "webhook.path", [](instance const& one) -> auto& { return one.webhook_path; });
}

void require_state_key(table_reader const& top, config const& read)
{
    auto const needs_it = [](std::optional<auth> const& who) { return who && who->kind == auth_kind::oauth_user; };
    auto const is_user = [&](instance const& each) { return needs_it(each.auth) || needs_it(each.admin_auth); };
    if (!read.state.key && std::any_of(read.instances.begin(), read.instances.end(), is_user))
        top.wrong("state.key", "missing: auth.kind = \"oauth_user\" needs it to seal the tokens that it keeps");
}

void read_all(table_reader top, config& to)
{
    read_node(top, to.node);
    read_ingest(top.table("ingest"), to.ingest);
    read_instances(top, to);
    read_journal(top.table("journal"), to.journal);
    read_state(top.table("state"), to.state);
    read_sink(top.table("sink"), to.sink);
    read_events(top.table("events"), to.events);
    read_privacy(top.table("privacy"), to.privacy);
    read_kafka(top.table("kafka"), to.sink.kind == sink_kind::kafka, to.kafka);
    read_backfill(top.table("backfill"), to.backfill);
    read_admin(top.table("admin"), to.admin);
    read_log(top.table("log"), to.log);
    require_state_key(top, to);
    top.finish();
}

}  // namespace

result<config> load(std::string const& path)
{
    auto const text = read_file(path, file_bytes_max);
    if (!text)
        return text.error();
    return parse(*text, path);
}

result<config> parse(std::string_view text, std::string const& name)
{
    report problems;
    config read;
    try {
        toml::table const top = toml::parse(text);
        read_all(table_reader(&top, "", problems), read);
    } catch (toml::parse_error const& why) {
        problems.add(why.source().begin.line, "", std::string(why.description()));
    }
    auto lines = problems.text(name);
    if (!lines.empty())
        return failure{failure_kind::invalid, std::move(lines)};
    return read;
}

std::set<std::string> known_keys()
{
    report asked;
    toml::table const one_instance{{"instance", toml::array{toml::table{}}}};
    config unused;
    read_all(table_reader(&one_instance, "", asked), unused);
    return asked.known_keys();
}

}  // namespace bbstream::config
