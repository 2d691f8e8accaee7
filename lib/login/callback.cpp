#include "login/callback.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <openssl/crypto.h>

#include <optional>

namespace bbstream::login {
namespace {

constexpr std::size_t reason_bytes_max = 300;

// The value of what stands there once.
std::optional<std::string> single(boost::urls::url_view const& in, std::string_view name)
{
    auto const all = in.params();
    boost::core::string_view const key(name.data(), name.size());
    if (all.count(key) != 1)
        return std::nullopt;
    return std::string((*all.find(key)).value);
}

bool is_same(std::string_view one, std::string_view other)
{
    return one.size() == other.size() && ::CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace

callback read_callback(std::string_view target, std::string_view path, std::string_view state)
{
    if (target.substr(0, target.find_first_of("?#")) != path.substr(0, path.find('?')))
        return {callback::elsewhere, {}};
    auto const url = boost::urls::parse_origin_form(boost::core::string_view(target.data(), target.size()));
    if (!url)
        return {callback::forged, {}};
    auto const brought = single(*url, "state");
    if (!brought || state.empty() || !is_same(*brought, state))
        return {callback::forged, {}};
    if (auto const error = single(*url, "error")) {
        auto why = *error;
        if (auto const more = single(*url, "error_description"); more && !more->empty())
            why += ": " + *more;
        return {callback::refused, why.substr(0, reason_bytes_max)};
    }
    auto code = single(*url, "code");
    if (!code || code->empty())
        return {callback::forged, {}};
    return {callback::granted, std::move(*code)};
}

std::string_view target_of_address(std::string_view address)
{
    auto const scheme = address.find("://");
    auto const rest = scheme == std::string_view::npos ? address : address.substr(scheme + 3);
    auto const slash = rest.find('/');
    auto const target = slash == std::string_view::npos ? std::string_view() : rest.substr(slash);
    return target.substr(0, target.find('#'));
}

}  // namespace bbstream::login
