#include "login/authorization_request.hpp"

#include "base/random.hpp"
#include "event/base64.hpp"
#include "rest/target.hpp"

#include <openssl/sha.h>

#include <algorithm>
#include <array>

namespace bbstream::login {
namespace {

constexpr std::size_t random_bytes = 32;

// Base64 for URLs, without padding (RFC 4648 section 5).
std::string url_safe(std::string_view bytes)
{
    std::string text;
    event::append_base64(text, bytes);
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    while (text.ends_with('='))
        text.pop_back();
    return text;
}

credential::secret_text random_text()
{
    std::array<unsigned char, random_bytes> bytes{};
    fill_random(bytes);
    auto text = url_safe({reinterpret_cast<char const*>(bytes.data()), bytes.size()});
    credential::secret_text made(text);
    credential::wipe(text);
    return made;
}

}  // namespace

std::string code_challenge(std::string_view verifier)
{
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    ::SHA256(reinterpret_cast<unsigned char const*>(verifier.data()), verifier.size(), digest.data());
    return url_safe({reinterpret_cast<char const*>(digest.data()), digest.size()});
}

authorization_request make_authorization_request(std::string const& authorize_url, std::string const& client_id,
                                                 std::string const& redirect_uri, std::string const& scope)
{
    authorization_request made;
    made.state = random_text();
    made.verifier = random_text();
    rest::target to(authorize_url);
    to.query("response_type", "code");
    to.query("client_id", client_id);
    to.query("redirect_uri", redirect_uri);
    to.query("state", made.state);
    to.query("code_challenge", code_challenge(made.verifier));
    to.query("code_challenge_method", "S256");
    if (!scope.empty())
        to.query("scope", scope);
    made.url = to.text();
    return made;
}

std::string scope_to_ask(config::instance const& with, config::auth const& who, bool is_admin)
{
    if (with.platform == product::cloud)
        return {};
    bool const keeps_hooks = !with.webhook_url.empty() && (is_admin || !with.admin_auth);
    if (keeps_hooks && with.webhook_scope == config::hook_scope::project)
        return "PROJECT_ADMIN";
    if (keeps_hooks || is_admin)
        return "REPO_ADMIN";
    return who.uses.empty() ? "REPO_READ" : "REPO_WRITE";
}

}  // namespace bbstream::login
