// What a person has granted: one renewal for all who ask at the same time.
#include "rest/authorization.hpp"
#include "rest/renewal.hpp"
#include "rest/user_tokens.hpp"

#include <list>

namespace bbstream::rest {
namespace {

using std::chrono::steady_clock;

constexpr std::string_view scheme = "Bearer ";
// Where a token that was renewed since the one before was refused is refused too, so soon, it is not the token's fault.
constexpr std::chrono::seconds refused_again_within{60};

class user : public authorization {
   public:
    user(net::executor on, user_login with, transport& over) : on_(on), tokens_(on, std::move(with), over) {}

    net::task<result<std::string>> header() override
    {
        // Once, whatever it brings: an endpoint that gives the refused token again would be asked for ever.
        if (!is_usable(current_, now_micros(), refused_)) {
            std::optional<failure> why;
            if (under_way_)
                why = co_await wait_for(under_way_);
            else
                why = co_await renew();
            if (why)
                co_return *why;
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
    struct renewal {
        bool ended = false;
        std::optional<failure> why_not;
        std::list<timer> waiting;
    };

    net::task<std::optional<failure>> wait_for(std::shared_ptr<renewal> what)
    {
        auto const mine = what->waiting.emplace(what->waiting.end(), on_);
        struct leaving {
            renewal& of;
            std::list<timer>::iterator mine;
            ~leaving() { of.waiting.erase(mine); }
        } const guard{*what, mine};
        while (!what->ended) {
            mine->expires_at(steady_clock::time_point::max());
            co_await mine->async_wait(net::as_result);
        }
        co_return what->why_not;
    }

    net::task<std::optional<failure>> renew()
    {
        auto const mine = under_way_ = std::make_shared<renewal>();
        // Also when the coroutine is cancelled: the others must not wait for ever.
        struct leaving {
            user& of;
            std::shared_ptr<renewal> mine;
            ~leaving()
            {
                mine->ended = true;
                of.under_way_.reset();
                for (auto& each : mine->waiting)
                    each.cancel();
            }
        } const guard{*this, mine};
        mine->why_not = failure{failure_kind::unavailable, "renewing the tokens was given up"};
        auto got = co_await tokens_.usable(refused_);
        mine->why_not.reset();
        if (got) {
            current_ = std::move(*got);
            refused_.clear();
        } else {
            mine->why_not = got.error();
        }
        co_return mine->why_not;
    }

    net::executor on_;
    user_tokens tokens_;
    credential::grant current_;
    credential::secret_text refused_;
    std::optional<steady_clock::time_point> refused_at_;
    std::shared_ptr<renewal> under_way_;
};

}  // namespace

std::unique_ptr<authorization> user_authorization(net::executor on, user_login with, transport& over)
{
    return std::make_unique<user>(on, std::move(with), over);
}

}  // namespace bbstream::rest
