// The configuration as one immutable value; sections and keys are those of the file (config example).
#pragma once

#include "base/log_level.hpp"
#include "base/product.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace bbstream::config {

using std::chrono::milliseconds;

// "credential:NAME", "file:PATH" or "env:NAME"; resolve() in secret.hpp reads it.
struct secret_reference {
    std::string text;
    bool operator==(secret_reference const&) const = default;
};

struct tls {
    bool enabled = true;
    std::string certificate;
    std::string key;
    bool operator==(tls const&) const = default;
};

struct ingest {
    std::string listen = "0.0.0.0:8443";  // host:port | unix:/path | systemd
    config::tls tls;
    std::vector<std::string> allow_from;  // CIDR; empty: everyone
    std::uint64_t body_bytes_max = 8 * 1024 * 1024;
    std::uint32_t connections_max = 4096;
    milliseconds handshake_timeout{10'000};
    milliseconds header_timeout{10'000};
    milliseconds body_timeout{30'000};
    milliseconds idle_timeout{75'000};
    bool operator==(ingest const&) const = default;
};

enum class auth_kind { api_token, app_password, access_token, oauth_client, oauth_user, pat };

// How to speak to an instance's REST API.
struct auth {
    auth_kind kind = auth_kind::api_token;
    std::string username;
    std::optional<secret_reference> secret;  // of OAuth: the client secret
    std::string client_id;
    std::string redirect_uri = "http://127.0.0.1:8976/callback";
    std::string authorize_url;      // empty: the product's
    std::string token_url;          // empty: the product's
    std::vector<std::string> uses;  // review | pipelines | insights
    std::uint32_t requests_per_hour = 1000;
    std::uint32_t requests_per_second = 5;  // Data Center
    bool operator==(auth const&) const = default;
};

struct jira {
    std::string site;
    std::string username;
    secret_reference secret;
    std::string project;
    bool operator==(jira const&) const = default;
};

enum class hook_scope { repository, project, workspace };

struct instance {
    std::string name;
    product platform = product::cloud;
    std::string label;      // for people
    std::string api;        // without a slash at its end
    std::string workspace;  // Cloud
    std::string api_ca;     // PEM file, added to the system's
    std::string proxy;      // empty: https_proxy and no_proxy of the environment
    std::vector<std::string> projects;
    std::vector<std::string> include{"*"};  // globs
    std::vector<std::string> exclude;
    std::string webhook_path;
    std::vector<secret_reference> webhook_secrets;
    bool webhook_allow_unsigned = false;
    std::string webhook_url;
    hook_scope webhook_scope = hook_scope::repository;
    std::vector<std::string> webhook_events;  // empty: all
    milliseconds webhook_rotate_window{std::chrono::hours(24 * 7)};
    std::optional<config::auth> auth;        // none: not polled
    std::optional<config::auth> admin_auth;  // none: auth
    std::optional<config::jira> jira;
    bool operator==(instance const&) const = default;
};

struct journal {
    std::string path = "/var/lib/bbstream/journal";
    milliseconds retention{std::chrono::hours(24 * 7)};
    std::uint64_t size_max = 20ull << 30;
    bool operator==(journal const&) const = default;
};

struct state {
    std::string path = "/var/lib/bbstream/state";
    std::uint64_t size_max = 512ull << 20;
    std::optional<secret_reference> key;  // seals tokens and rotated secrets
    bool operator==(state const&) const = default;
};

enum class sink_kind { file, kafka };

struct sink {
    sink_kind kind = sink_kind::file;
    std::string file_path = "/var/lib/bbstream/events.jsonl";
    std::uint64_t file_size_max = 256ull << 20;
    std::uint32_t file_keep = 0;
    bool operator==(sink const&) const = default;
};

// What becomes of an e-mail address.
enum class email_rule { keep, domain, sha256, drop };

// What is published beside the events that everybody gets.
struct events {
    bool otlp_spans = false;
    bool cdevents = false;
    bool operator==(events const&) const = default;
};

struct privacy {
    email_rule account_email = email_rule::drop;  // of accounts that Bitbucket names
    email_rule commit_email = email_rule::keep;   // of authors and committers
    bool operator==(privacy const&) const = default;
};

// How a CloudEvent becomes a record.
enum class content_mode { structured, binary };

struct kafka {
    bool transactions = true;
    config::content_mode content_mode = config::content_mode::structured;
    std::string topic_prefix = "bitbucket";
    bool topics_auto_create = true;
    std::int32_t topics_partitions = 12;
    std::int32_t topics_replication = -1;           // the broker's default
    std::map<std::string, std::string> properties;  // passed through to librdkafka; see resolve_properties()
    bool operator==(kafka const&) const = default;
};

struct backfill {
    bool enabled = true;
    milliseconds interval{std::chrono::minutes(5)};
    milliseconds grace{std::chrono::seconds(30)};
    milliseconds inventory{std::chrono::hours(24)};
    milliseconds reconcile{std::chrono::hours(6)};
    double journal_share_max = 0.5;
    std::uint32_t first_commits = 0;  // 0: heads only
    bool operator==(backfill const&) const = default;
};

struct admin {
    std::string listen = "127.0.0.1:9464";
    std::optional<secret_reference> token;
    bool operator==(admin const&) const = default;
};

struct log {
    log_level level = log_level::info;
    bool operator==(log const&) const = default;
};

struct config {
    std::string node;  // the host's name where the file is silent
    struct ingest ingest;
    std::vector<instance> instances;
    struct journal journal;
    struct state state;
    struct sink sink;
    struct events events;
    struct privacy privacy;
    struct kafka kafka;
    struct backfill backfill;
    struct admin admin;
    struct log log;
    bool operator==(config const&) const = default;
};

}  // namespace bbstream::config
