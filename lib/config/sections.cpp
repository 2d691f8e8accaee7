#include "config/sections.hpp"

#include <algorithm>
#include <array>

namespace bbstream::config {

namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr milliseconds a_moment{1};
constexpr milliseconds an_hour = hours(1);
constexpr milliseconds a_year = hours(24 * 365);

constexpr std::uint64_t kibibyte = 1024;
constexpr std::uint64_t mebibyte = 1024 * kibibyte;
constexpr std::uint64_t tebibyte = mebibyte * mebibyte;

// A record of the journal must hold the body and its headers (journal/format.hpp: 64 MiB).
constexpr std::uint64_t body_bytes_most = 32 * mebibyte;

// librdkafka's names have dots; these few have not.
constexpr std::array<std::string_view, 5> dotless_properties = {"acks", "debug", "partitioner", "retries",
                                                                "interceptors"};

bool looks_like_a_property(std::string_view name)
{
    return name.find('.') != std::string_view::npos ||
           std::count(dotless_properties.begin(), dotless_properties.end(), name);
}

void read_tls(table_reader in, table_reader const& ingest, tls& to)
{
    in.flag("enabled", to.enabled);
    bool const certificate = in.text("certificate", to.certificate);
    bool const key = in.text("key", to.key);
    if (to.enabled && (!certificate || to.certificate.empty()))
        ingest.wrong("tls.certificate", "missing: a PEM file (or tls.enabled = false, only behind a proxy)");
    if (to.enabled && (!key || to.key.empty()))
        ingest.wrong("tls.key", "missing: a PEM file (or tls.enabled = false, only behind a proxy)");
    in.finish();
}

}  // namespace

void read_ingest(table_reader in, ingest& to)
{
    in.text("listen", to.listen, listen_address);
    read_tls(in.table("tls"), in, to.tls);
    in.texts("allow_from", to.allow_from, address_block);
    in.size("body_bytes_max", to.body_bytes_max, 1, body_bytes_most);
    in.number("connections_max", to.connections_max, 1, 1'000'000);
    in.duration("handshake_timeout", to.handshake_timeout, a_moment, an_hour);
    in.duration("header_timeout", to.header_timeout, a_moment, an_hour);
    in.duration("body_timeout", to.body_timeout, a_moment, an_hour);
    in.duration("idle_timeout", to.idle_timeout, a_moment, an_hour);
    in.finish();
}

void read_journal(table_reader in, journal& to)
{
    in.text("path", to.path, not_empty);
    in.duration("retention", to.retention, milliseconds(0), 10 * a_year);
    in.size("size_max", to.size_max, mebibyte, 1024 * tebibyte);
    in.finish();
}

void read_state(table_reader in, state& to)
{
    in.text("path", to.path, not_empty);
    in.size("size_max", to.size_max, mebibyte, tebibyte);
    in.secret("key", to.key);
    in.finish();
}

void read_sink(table_reader in, sink& to)
{
    in.choice<sink_kind>("kind", to.kind, {{"file", sink_kind::file}, {"kafka", sink_kind::kafka}});
    auto file = in.table("file");
    file.text("path", to.file_path, not_empty);
    file.size("size_max", to.file_size_max, kibibyte, tebibyte);
    file.number("keep", to.file_keep, 0, 1'000'000);
    file.finish();
    in.finish();
}

void read_events(table_reader in, events& to)
{
    in.flag("otlp_spans", to.otlp_spans);
    in.flag("cdevents", to.cdevents);
    in.finish();
}

void read_privacy(table_reader in, privacy& to)
{
    for (auto const& [key, rule] :
         {std::pair("account_email", &to.account_email), std::pair("commit_email", &to.commit_email)})
        in.choice<email_rule>(key, *rule,
                              {{"keep", email_rule::keep},
                               {"domain", email_rule::domain},
                               {"sha256", email_rule::sha256},
                               {"drop", email_rule::drop}});
    in.finish();
}

void read_kafka(table_reader in, bool required, kafka& to)
{
    in.flag("transactions", to.transactions);
    in.choice<content_mode>("content_mode", to.content_mode,
                            {{"structured", content_mode::structured}, {"binary", content_mode::binary}});
    in.text("topic_prefix", to.topic_prefix, topic_prefix);
    auto topics = in.table("topics");
    topics.flag("auto_create", to.topics_auto_create);
    topics.number("partitions", to.topics_partitions, 1, 100'000);
    topics.number("replication", to.topics_replication, -1, 1000);
    topics.finish();
    in.know("bootstrap.servers");
    for (auto& [name, value] : in.rest_as_text()) {
        if (looks_like_a_property(name))
            to.properties.emplace(std::move(name), std::move(value));
        else
            in.unknown(name);
    }
    if (required && !to.properties.contains("bootstrap.servers") && !to.properties.contains("metadata.broker.list"))
        in.wrong("bootstrap.servers", "missing: the brokers, such as \"bootstrap.servers\" = \"localhost:9092\"");
    in.finish();
}

void read_backfill(table_reader in, backfill& to)
{
    in.flag("enabled", to.enabled);
    in.duration("interval", to.interval, seconds(1), a_year);
    in.duration("grace", to.grace, milliseconds(0), hours(24));
    in.duration("inventory", to.inventory, seconds(1), a_year);
    in.duration("reconcile", to.reconcile, seconds(1), a_year);
    in.share("journal_share_max", to.journal_share_max);
    in.number("first_commits", to.first_commits, 0, 1'000'000);
    in.finish();
}

void read_admin(table_reader in, admin& to)
{
    in.text("listen", to.listen, host_and_port);
    in.secret("token", to.token);
    in.finish();
}

void read_log(table_reader in, log& to)
{
    in.choice<log_level>("level", to.level,
                         {{"debug", log_level::debug},
                          {"info", log_level::info},
                          {"warn", log_level::warn},
                          {"error", log_level::error}});
    in.finish();
}

}  // namespace bbstream::config
