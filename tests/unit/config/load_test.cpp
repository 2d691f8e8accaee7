// Files that are right: what they say, and what they leave to the defaults.
#include "config/load.hpp"

#include <boost/test/unit_test.hpp>

#include <unistd.h>

#include <fstream>

using namespace bbstream;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view least = R"(
[ingest]
tls.enabled = false
[[instance]]
name = "cloud"
platform = "cloud"
webhook.path = "/w"
webhook.secrets = ["env:SECRET"]
)";

config::config parsed(std::string const& text)
{
    auto read = config::parse(text, "f.toml");
    BOOST_REQUIRE_MESSAGE(read.has_value(), (read.has_error() ? read.error().message : ""));
    return *read;
}

}  // namespace

BOOST_AUTO_TEST_CASE(what_is_left_out_has_its_default)
{
    auto const read = parsed(std::string(least));
    char host[256] = {};
    BOOST_REQUIRE(::gethostname(host, sizeof host - 1) == 0);
    BOOST_TEST(read.node == host);
    config::config expected;
    expected.node = host;
    expected.ingest.tls.enabled = false;
    auto& cloud = expected.instances.emplace_back();
    cloud.name = "cloud";
    cloud.api = "https://api.bitbucket.org/2.0";
    cloud.webhook_path = "/w";
    cloud.webhook_secrets = {{"env:SECRET"}};
    BOOST_TEST((read == expected));
    BOOST_TEST(read.ingest.listen == "0.0.0.0:8443");
    BOOST_TEST(read.journal.size_max == 20ull << 30);
    BOOST_TEST((read.sink.kind == config::sink_kind::file));
    BOOST_TEST(read.backfill.enabled);
}

// The configuration of the contract, with every section.
BOOST_AUTO_TEST_CASE(a_file_with_everything_is_read_as_it_stands)
{
    auto const read = parsed(R"(
node = "a"
[ingest]
listen = "0.0.0.0:8443"
tls.certificate = "/etc/bbstream/tls/cert.pem"
tls.key = "/etc/bbstream/tls/key.pem"
allow_from = ["104.192.136.0/21", "::1"]
body_bytes_max = 8388608
connections_max = 4096
handshake_timeout = "1s"
header_timeout = "2s"
body_timeout = "3s"
idle_timeout = "4s"
[[instance]]
name = "cloud"
platform = "cloud"
label = "The cloud"
api = "https://api.bitbucket.org/2.0/"
workspace = "acme"
projects = ["A", "B"]
include = ["acme/*"]
exclude = ["acme/old-*"]
api_ca = "/etc/ca.pem"
proxy = "http://proxy:3128"
webhook.path = "/webhooks/cloud"
webhook.secrets = ["credential:webhook", "file:/etc/bbstream/old-secret"]
webhook.url = "https://hooks.acme.example/webhooks/cloud"
webhook.scope = "workspace"
webhook.events = ["repo:push", "pullrequest:created"]
webhook.rotate_window = "3d"
auth.kind = "api_token"
auth.username = "bot@acme.example"
auth.secret = "credential:bitbucket"
auth.uses = ["review", "pipelines", "insights"]
auth.requests_per_hour = 900
admin_auth.kind = "oauth_user"
admin_auth.client_id = "key"
admin_auth.secret = "credential:oauth"
admin_auth.redirect_uri = "http://127.0.0.1:9000/callback"
admin_auth.authorize_url = "https://bitbucket.org/site/oauth2/authorize"
admin_auth.token_url = "https://bitbucket.org/site/oauth2/access_token"
jira.site = "https://acme.atlassian.net"
jira.username = "bot@acme.example"
jira.secret = "credential:jira"
jira.project = "OPS"
[[instance]]
name = "dc"
platform = "datacenter"
api = "https://bitbucket.example.com"
webhook.path = "/webhooks/dc"
webhook.allow_unsigned = true
webhook.scope = "project"
auth.kind = "pat"
auth.secret = "file:/etc/token"
auth.requests_per_second = 7
[journal]
path = "/j"
retention = "1d"
size_max = "1GiB"
[state]
path = "/s"
size_max = "64MiB"
key = "credential:state"
[sink]
kind = "kafka"
file.path = "/e.jsonl"
file.size_max = 65536
file.keep = 3

[privacy]
account_email = "sha256"
commit_email = "domain"
[kafka]
"bootstrap.servers" = "localhost:9092"
"linger.ms" = 5
"enable.ssl.certificate.verification" = true
"queue.buffering.max.kbytes" = 1048576
security.protocol = "ssl"
acks = "all"
transactions = false
content_mode = "binary"
topic_prefix = "bb"
topics.auto_create = false
topics.partitions = 3
topics.replication = 2
[backfill]
enabled = false
interval = "1m"
grace = "10s"
inventory = "12h"
reconcile = "1h"
journal_share_max = 1
first_commits = 20
[admin]
listen = "[::1]:9464"
token = "credential:admin"
[log]
level = "debug"
)");
    BOOST_TEST(read.node == "a");
    BOOST_TEST(read.ingest.tls.certificate == "/etc/bbstream/tls/cert.pem");
    BOOST_TEST(read.ingest.allow_from.size() == 2u);
    BOOST_TEST(read.ingest.idle_timeout.count() == 4000);
    BOOST_REQUIRE(read.instances.size() == 2u);
    auto const& cloud = read.instances[0];
    BOOST_TEST(cloud.api == "https://api.bitbucket.org/2.0");
    BOOST_TEST(cloud.label == "The cloud");
    BOOST_TEST(cloud.webhook_secrets[1].text == "file:/etc/bbstream/old-secret");
    BOOST_TEST((cloud.webhook_scope == config::hook_scope::workspace));
    BOOST_TEST((cloud.webhook_rotate_window == 72h));
    BOOST_REQUIRE(cloud.auth.has_value());
    BOOST_TEST(cloud.auth->secret->text == "credential:bitbucket");
    BOOST_TEST(cloud.auth->requests_per_hour == 900u);
    BOOST_REQUIRE(cloud.admin_auth.has_value());
    BOOST_TEST((cloud.admin_auth->kind == config::auth_kind::oauth_user));
    BOOST_REQUIRE(cloud.jira.has_value());
    BOOST_TEST(cloud.jira->project == "OPS");
    auto const& dc = read.instances[1];
    BOOST_TEST((dc.platform == product::datacenter));
    BOOST_TEST(dc.webhook_allow_unsigned);
    BOOST_TEST(dc.auth->requests_per_second == 7u);
    BOOST_TEST(!dc.admin_auth.has_value());
    BOOST_TEST((read.journal.retention == 24h));
    BOOST_TEST(read.state.key->text == "credential:state");
    BOOST_TEST(read.sink.file_size_max == 65536u);
    BOOST_TEST(read.sink.file_keep == 3u);
    BOOST_TEST((read.privacy ==
                bbstream::config::privacy{bbstream::config::email_rule::sha256, bbstream::config::email_rule::domain}));
    BOOST_TEST(!read.kafka.transactions);
    BOOST_TEST((read.kafka.content_mode == bbstream::config::content_mode::binary));
    BOOST_TEST(read.kafka.topics_partitions == 3);
    BOOST_TEST(read.kafka.topics_replication == 2);
    std::map<std::string, std::string> const properties = {{"bootstrap.servers", "localhost:9092"},
                                                           {"linger.ms", "5"},
                                                           {"enable.ssl.certificate.verification", "true"},
                                                           {"queue.buffering.max.kbytes", "1048576"},
                                                           {"security.protocol", "ssl"},
                                                           {"acks", "all"}};
    BOOST_TEST((read.kafka.properties == properties));
    BOOST_TEST(read.backfill.journal_share_max == 1.0);
    BOOST_TEST(read.backfill.first_commits == 20u);
    BOOST_TEST(read.admin.token->text == "credential:admin");
    BOOST_TEST((read.log.level == bbstream::log_level::debug));
}

BOOST_AUTO_TEST_CASE(what_is_optional_is_off_until_it_is_asked_for)
{
    BOOST_TEST(!parsed(std::string(least)).events.otlp_spans);
    BOOST_TEST(parsed(std::string(least) + "[events]\notlp_spans = true\n").events.otlp_spans);
    BOOST_TEST(!parsed(std::string(least)).events.cdevents);
    BOOST_TEST(parsed(std::string(least) + "[events]\ncdevents = true\n").events.cdevents);
}

BOOST_AUTO_TEST_CASE(tables_say_the_same_as_dotted_keys)
{
    auto const dotted = parsed(R"(
[ingest]
tls.certificate = "c"
tls.key = "k"
[[instance]]
name = "a"
platform = "datacenter"
api = "http://localhost:7990"
webhook.path = "/a"
webhook.secrets = ["env:A"]
auth.kind = "pat"
auth.secret = "env:B"
[sink]
file.path = "x"
)");
    auto const tables = parsed(R"(
[ingest.tls]
certificate = "c"
key = "k"
[[instance]]
name = "a"
platform = "datacenter"
api = "http://localhost:7990"
[instance.webhook]
path = "/a"
secrets = ["env:A"]
[instance.auth]
kind = "pat"
secret = "env:B"
[sink]
file = { path = "x" }
)");
    BOOST_TEST((dotted == tables));
}

BOOST_AUTO_TEST_CASE(an_empty_text_is_as_good_as_none_where_the_default_is_empty)
{
    auto const read = parsed(std::string(least) + R"(
label = ""
api_ca = ""
proxy = ""
webhook.url = ""
webhook.events = []
auth.client_id = ""
auth.authorize_url = ""
auth.token_url = ""
admin_auth.kind = ""
jira.site = ""
)");
    BOOST_TEST((read == parsed(std::string(least))));
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_read_is_named)
{
    auto const read = config::load("/nonexistent/bbstream.toml");
    BOOST_REQUIRE(read.has_error());
    BOOST_TEST(read.error().message == "/nonexistent/bbstream.toml: No such file or directory");
}

BOOST_AUTO_TEST_CASE(a_directory_is_no_configuration)
{
    BOOST_TEST(config::load("/").has_error());
}

BOOST_AUTO_TEST_CASE(garbage_is_refused_with_its_line)
{
    for (std::string const& text : {std::string("a = = b"), std::string("\n\n[ingest"), std::string("\xff\xfe\x00"),
                                    std::string(100'000, '['), std::string("a = \"") + std::string(5000, 'x')}) {
        auto const read = config::parse(text, "f.toml");
        BOOST_REQUIRE(read.has_error());
        BOOST_TEST(read.error().message.starts_with("f.toml:"));
        BOOST_TEST(read.error().message.size() < 1000u);
    }
    BOOST_TEST(config::parse("\n\n[ingest", "f.toml").error().message.starts_with("f.toml:3: "));
}

BOOST_AUTO_TEST_CASE(a_syntax_error_shows_no_value)
{
    for (std::string const text :
         {"[admin]\ntoken = \"hunter2\"\ntoken = \"hunter2\"\n", "token = hunter2", "token = \"hunter2"}) {
        auto const read = config::parse(text, "f.toml");
        BOOST_REQUIRE(read.has_error());
        BOOST_TEST(read.error().message.find("hunter2") == std::string::npos, read.error().message);
    }
}

BOOST_AUTO_TEST_CASE(names_ids_and_addresses_may_come_from_the_environment)
{
    ::setenv("BBSTREAM_TEST_WORKSPACE", "acme", 1);
    ::setenv("BBSTREAM_TEST_API", "https://bitbucket.example.com", 1);
    ::setenv("BBSTREAM_TEST_PLAIN", "http://bitbucket.example.com", 1);
    ::unsetenv("BBSTREAM_TEST_NOTHING");
    auto const read =
        parsed(std::string(least) + "workspace = \"env:BBSTREAM_TEST_WORKSPACE\"\napi = \"env:BBSTREAM_TEST_API\"\n");
    BOOST_TEST(read.instances.at(0).workspace == "acme");
    BOOST_TEST(read.instances.at(0).api == "https://bitbucket.example.com");
    for (auto const& [line, wanted] :
         {std::pair("workspace = \"env:BBSTREAM_TEST_NOTHING\"",
                    "f.toml:9: instance.workspace: \"env:BBSTREAM_TEST_NOTHING\": this variable is not set"),
          std::pair("api = \"env:BBSTREAM_TEST_PLAIN\"",
                    "f.toml:9: instance.api: what \"env:BBSTREAM_TEST_PLAIN\" holds must be https:// (http:// is "
                    "accepted for loopback only)")}) {
        auto const refused = config::parse(std::string(least) + line, "f.toml");
        BOOST_REQUIRE(refused.has_error());
        BOOST_TEST(refused.error().message == wanted);
    }
}
