#include "config/exposure.hpp"

#include "config/checks.hpp"
#include "config/secret.hpp"

#include <sys/stat.h>

namespace bbstream::config {

namespace {

constexpr std::string_view scheme = "file:";

void add(std::vector<secret_file>& to, std::string key, std::optional<secret_reference> const& reference)
{
    if (reference && reference->text.starts_with(scheme))
        to.push_back({std::move(key), reference->text.substr(scheme.size())});
}

void append(std::vector<secret_file>& to, std::vector<secret_file> more)
{
    to.insert(to.end(), more.begin(), more.end());
}

}  // namespace

std::vector<secret_file> secret_files(instance const& of)
{
    std::string const who = "instance " + of.name + ": ";
    std::vector<secret_file> all;
    for (auto const& each : of.webhook_secrets)
        add(all, who + "webhook.secrets", each);
    if (of.auth)
        add(all, who + "auth.secret", of.auth->secret);
    if (of.admin_auth)
        add(all, who + "admin_auth.secret", of.admin_auth->secret);
    if (of.jira)
        add(all, who + "jira.secret", of.jira->secret);
    return all;
}

std::vector<secret_file> secret_files(state const& of)
{
    std::vector<secret_file> all;
    add(all, "state.key", of.key);
    return all;
}

std::vector<secret_file> secret_files(config const& of)
{
    std::vector<secret_file> all;
    if (of.ingest.tls.enabled)
        all.push_back({"ingest.tls.key", of.ingest.tls.key});
    for (auto const& each : of.instances)
        append(all, secret_files(each));
    append(all, secret_files(of.state));
    add(all, "admin.token", of.admin.token);
    for (auto const& [name, value] : of.kafka.properties)
        if (is_secret_property(name))
            add(all, "kafka." + name, secret_reference{value});
    return all;
}

readers readers_of(mode_t mode, uid_t owner)
{
    if ((mode & S_IROTH) != 0)
        return readers::everyone;
    return (mode & S_IRGRP) != 0 && owner != 0 ? readers::group : readers::owner;
}

std::optional<exposure> exposure_of(secret_file const& one)
{
    struct stat found {};
    if (::stat(one.path.c_str(), &found) != 0)
        return std::nullopt;
    auto const to = readers_of(found.st_mode, found.st_uid);
    if (to == readers::owner)
        return std::nullopt;
    bool const all = to == readers::everyone;
    return exposure{one, to, one.path + " can be read by " + (all ? "every user of this machine" : "its group"),
                    (all ? "chmod o= " : "chmod go= ") + one.path};
}

std::string exposure_text(exposure const& of)
{
    return of.file.key + ": " + of.said + " (" + of.cure + ")";
}

std::vector<exposure> exposures_of(std::vector<secret_file> const& all)
{
    std::vector<exposure> found;
    for (auto const& each : all)
        if (auto one = exposure_of(each))
            found.push_back(std::move(*one));
    return found;
}

}  // namespace bbstream::config
