#include "config/secret.hpp"

#include "base/file.hpp"
#include "config/checks.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>

namespace bbstream::config {

namespace {

// Where systemd keeps a running service's credentials, and where those of bbstream.service come from (systemd.exec(5)).
constexpr std::string_view running_credential = "/run/credentials/bbstream.service/";
constexpr std::string_view stored_credential = "/etc/credstore/bbstream.";

// Of librdkafka 2.x; CONFIGURATION.md there.
constexpr std::array<std::string_view, 6> secret_properties = {"sasl.password",
                                                               "ssl.key.password",
                                                               "ssl.key.pem",
                                                               "ssl.keystore.password",
                                                               "sasl.oauthbearer.client.secret",
                                                               "sasl.oauthbearer.config"};

failure explain(secret_reference const& reference, std::string_view why)
{
    return {failure_kind::invalid, reference.text + ": " + std::string(why)};
}

failure with_hint(failure why, std::string const& hint)
{
    why.message += " (" + hint + ")";
    return why;
}

// What becomes of a newline at a file's end.
enum class ending { cut, kept };

result<std::string> from_file(secret_reference const& reference, std::string const& path, ending newline)
{
    auto bytes = read_file(path, secret_bytes_max);
    if (!bytes)
        return failure{bytes.error().kind, reference.text + ": " + bytes.error().message};
    if (newline == ending::cut && bytes->ends_with('\n'))
        bytes->pop_back();
    if (bytes->empty())
        return explain(reference, path + " is empty");
    return bytes;
}

result<std::string> from_credential(secret_reference const& reference, std::string const& name, ending newline)
{
    if (char const* directory = std::getenv("CREDENTIALS_DIRECTORY")) {
        auto found = from_file(reference, std::string(directory) + '/' + name, newline);
        if (!found)
            return with_hint(found.error(), "is there " + std::string(stored_credential) + name +
                                                ", and LoadCredential=" + name + ":bbstream." + name + " in the unit?");
        return found;
    }
    for (auto const place : {running_credential, stored_credential}) {
        auto const path = std::string(place) + name;
        if (::access(path.c_str(), F_OK) == 0)
            return from_file(reference, path, newline);
    }
    return explain(reference,
                   "only the running service has it, and this user can't see its credentials; "
                   "elsewhere use file:PATH");
}

result<std::string> from_environment(secret_reference const& reference, std::string const& name)
{
    char const* const value = std::getenv(name.c_str());
    if (value == nullptr)
        return explain(reference, "this variable is not set");
    if (*value == '\0')
        return explain(reference, "this variable is empty");
    return std::string(value);
}

result<std::string> read(secret_reference const& reference, ending newline)
{
    auto const colon = reference.text.find(':');
    // What is no reference may be the secret itself: it is not shown.
    if (!is_secret_reference(reference.text))
        return failure{failure_kind::invalid, "a secret must be given as credential:NAME, file:PATH or env:NAME"};
    auto const rest = reference.text.substr(colon + 1);
    if (reference.text.starts_with("credential:"))
        return from_credential(reference, rest, newline);
    if (reference.text.starts_with("file:"))
        return from_file(reference, rest, newline);
    return from_environment(reference, rest);
}

}  // namespace

result<std::string> resolve(secret_reference const& reference)
{
    return read(reference, ending::cut);
}

result<std::string> resolve_bytes(secret_reference const& reference)
{
    return read(reference, ending::kept);
}

bool is_secret_property(std::string_view name)
{
    return std::count(secret_properties.begin(), secret_properties.end(), name) != 0;
}

result<std::map<std::string, std::string>> resolve_properties(kafka const& from)
{
    auto properties = from.properties;
    for (auto& [name, value] : properties) {
        if (!is_secret_property(name) || !is_secret_reference(value))
            continue;
        auto resolved = resolve({value});
        if (!resolved)
            return failure{resolved.error().kind, "kafka." + name + ": " + resolved.error().message};
        value = std::move(*resolved);
    }
    return properties;
}

}  // namespace bbstream::config
