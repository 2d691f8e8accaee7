// What a person has granted: one renewal for all who ask at the same time.
#include "rest/authorization.hpp"
#include "rest/joint_renewal.hpp"
#include "rest/renewal.hpp"
#include "rest/user_tokens.hpp"

namespace bbstream::rest {
namespace {

using std::chrono::steady_clock;

constexpr std::string_view scheme = "Bearer ";
// Where a token that was renewed since the one before was refused is refused too, so soon, it is not the token's fault.
constexpr std::chrono::seconds refused_again_within{60};

class user : public authorization {
   public:
    user(net::executor on, user_login with, transport& over) : tokens_(on, std::move(with), over), renewal_(on) {}

    net::task<result<std::string>> header() override
    {
        // Once, whatever it brings: an endpoint that gives the refused token again would be asked for ever.
        if (!is_usable(current_, now_micros(), refused_)) {
            joint_renewal::deed const deed = [this] { return renew(); };
            auto const renewed = co_await renewal_.join(deed);
            if (!renewed)
                co_return renewed.error();
        }
        co_return std::string(scheme) + std::string(current_.access_token);
    }

    bool refused(std::string_view header) override
    {
        auto const token = header.substr(scheme.size());
        // Another has been told so, too, and has renewed it or is about to.
        if (token != current_.access_token || token == refused_)
            return true;
        auto const now = steady_clock::now();
        if (refused_at_ && now - *refused_at_ < refused_again_within)
            return false;
        refused_at_ = now;
        refused_ = current_.access_token;
        return true;
    }

   private:
    net::task<result<void>> renew()
    {
        auto got = co_await tokens_.usable(refused_);
        if (!got)
            co_return got.error();
        current_ = std::move(*got);
        refused_.clear();
        co_return result<void>();
    }

    user_tokens tokens_;
    credential::grant current_;
    credential::secret_text refused_;
    std::optional<steady_clock::time_point> refused_at_;
    joint_renewal renewal_;
};

}  // namespace

std::unique_ptr<authorization> user_authorization(net::executor on, user_login with, transport& over)
{
    return std::make_unique<user>(on, std::move(with), over);
}

}  // namespace bbstream::rest
