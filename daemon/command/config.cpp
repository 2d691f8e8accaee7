#include "daemon/command/config.hpp"

#include "config/example.hpp"
#include "config/exposure.hpp"
#include "config/load.hpp"
#include "config/secret.hpp"
#include "credential/sealing_key.hpp"
#include "daemon/command/complain.hpp"
#include "net/tls_client.hpp"

#include <cstdio>
#include <vector>

namespace bbstream::command {

namespace {

// Everything outside the file that the daemon would need, as far as it can't be had.
class outside_check {
   public:
    explicit outside_check(config::config const& of)
    {
        for (auto const& each : of.instances)
            check_instance(each);
        check("state.key", of.state.key);
        check_sealing_key(of.state.key);
        check("admin.token", of.admin.token);
        if (auto const properties = config::resolve_properties(of.kafka); !properties)
            problems_.push_back(properties.error().message);
        if (of.ingest.tls.enabled)
            check_certificate(of.ingest.tls);
        check_readers(of);
    }

    std::vector<std::string> const& problems() const { return problems_; }
    // What need not be wrong.
    std::vector<std::string> const& notes() const { return notes_; }

   private:
    void check_instance(config::instance const& one)
    {
        std::string const who = "instance " + one.name + ": ";
        for (auto const& each : one.webhook_secrets)
            check(who + "webhook.secrets", each);
        if (one.auth)
            check(who + "auth.secret", one.auth->secret);
        if (one.admin_auth)
            check(who + "admin_auth.secret", one.admin_auth->secret);
        if (one.jira)
            check(who + "jira.secret", one.jira->secret);
        if (one.api_ca.empty())
            return;
        if (auto const trusted = net::tls_client::make(one.api_ca); !trusted)
            problems_.push_back(who + "api_ca: " + trusted.error().message);
    }

    void check(std::string const& key, std::optional<config::secret_reference> const& reference)
    {
        if (!reference)
            return;
        if (auto const secret = config::resolve(*reference); !secret)
            problems_.push_back(key + ": " + secret.error().message);
    }

    // As a secret it has been checked.
    void check_sealing_key(std::optional<config::secret_reference> const& reference)
    {
        if (!reference || !config::resolve(*reference))
            return;
        if (auto const key = credential::read_sealing_key(*reference); !key)
            problems_.push_back(key.error().message);
    }

    void check_certificate(config::tls const& tls)
    {
        if (auto const loaded = net::tls_context::load(tls.certificate, tls.key); !loaded)
            problems_.push_back("ingest.tls: " + loaded.error().message);
    }

    void check_readers(config::config const& of)
    {
        for (auto const& each : config::exposures_of(config::secret_files(of)))
            (each.to == config::readers::everyone ? problems_ : notes_).push_back(config::exposure_text(each));
    }

    std::vector<std::string> problems_;
    std::vector<std::string> notes_;
};

std::string summary(config::config const& of)
{
    std::string names;
    for (auto const& each : of.instances)
        names += (names.empty() ? "" : ", ") + each.name;
    auto const brokers = of.kafka.properties.find("bootstrap.servers");
    std::string sink = of.sink.file_path;
    if (of.sink.kind == config::sink_kind::kafka)
        sink = brokers == of.kafka.properties.end() ? "Kafka" : "Kafka at " + brokers->second;
    return "webhooks of " + names + " at " + of.ingest.listen + ", events to " + sink;
}

}  // namespace

int run_config_check(config_check_options const& options)
{
    auto const loaded = config::load(options.path);
    if (!loaded)
        return complain(loaded.error().message);
    outside_check const outside(*loaded);
    for (auto const& each : outside.problems())
        std::fprintf(stderr, "bbstream: %s%s\n", options.strict ? "" : "warning: ", each.c_str());
    for (auto const& each : outside.notes())
        std::fprintf(stderr, "bbstream: warning: %s\n", each.c_str());
    if (options.strict && !outside.problems().empty())
        return 1;
    return print(options.path + ": valid: " + summary(*loaded) + '\n');
}

int run_config_example()
{
    return print(config::example);
}

}  // namespace bbstream::command
