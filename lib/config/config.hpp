// The configuration as one immutable value; sections and keys are those of the file (config example).
#pragma once

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
};

struct tls {
    bool enabled = true;
    std::string certificate;
    std::string key;
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
};

struct instance {
    std::string name;
    product platform = product::cloud;
    std::string label;
    std::string api;
    std::string workspace;
    std::string webhook_path;
    std::vector<secret_reference> webhook_secrets;
    bool webhook_allow_unsigned = false;
};

struct journal {
    std::string path = "/var/lib/bbstream/journal";
    milliseconds retention{std::chrono::hours(24 * 7)};
    std::uint64_t size_max = 20ull << 30;
};

struct state {
    std::string path = "/var/lib/bbstream/state";
    std::uint64_t size_max = 512ull << 20;
};

enum class sink_kind { file, kafka };

struct sink {
    sink_kind kind = sink_kind::file;
    std::string file_path = "/var/lib/bbstream/events.jsonl";
    std::uint64_t file_size_max = 256ull << 20;
    std::uint32_t file_keep = 0;
};

struct kafka {
    bool transactions = true;
    std::string topic_prefix = "bitbucket";
    bool topics_auto_create = true;
    std::int32_t topics_partitions = 12;
    std::int32_t topics_replication = -1;           // the broker's default
    std::map<std::string, std::string> properties;  // passed through to librdkafka
};

struct admin {
    std::string listen = "127.0.0.1:9464";
    std::optional<secret_reference> token;
};

struct config {
    std::string node;
    struct ingest ingest;
    std::vector<instance> instances;
    struct journal journal;
    struct state state;
    struct sink sink;
    struct kafka kafka;
    struct admin admin;
};

}  // namespace bbstream::config
