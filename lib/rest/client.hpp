// The way to one Bitbucket with one credential: budget, credential, retries and redirects around each request.
#pragma once

#include "base/product.hpp"
#include "rest/authorization.hpp"
#include "rest/budget.hpp"
#include "rest/pacer.hpp"
#include "rest/retry.hpp"
#include "rest/transport.hpp"

#include <functional>
#include <memory>

namespace bbstream::rest {

struct client_options {
    product platform = product::cloud;
    net::web_address server;  // its path is not used: targets are whole
    budget limits;
    std::string limits_name = "the budget of requests";  // for people, where it is used up
    leave_source lender;                                 // whose budget counts where it gives leave; may be empty
    // Turns an answer other than a 2xx, and one that holds an error, into a failure, for ask().
    std::function<failure(request const& what, response const& answer)> explain;
    // A longer wait that Bitbucket asks for is not waited: the answer (429) is given back; nor is one for the lender's
    // leave. No try of a request begins later than twice that after the first.
    milliseconds patience{3600'000};
    // What people should know while they wait, one line; may be empty.
    std::function<void(std::string const& line)> notice;
};

// Of one thread, that of its executor; outlives its coroutines.
class client {
   public:
    client(net::executor on, client_options options, transport& over, std::unique_ptr<authorization> who);

    // Sends it as soon as the budget allows, and again where that is safe and may help. The answer may have any status,
    // but a redirect: those are followed on the same host, and elsewhere only where the request allows it, without the
    // credential. Errors: those of transport and authorization; invalid for a redirect that leads astray.
    net::task<result<response>> send(request what);

    // The same, where only a 2xx is of use that holds no error, and no web page: that is of a login or a portal in
    // between, and nothing has been done. Errors: also what options.explain makes of any other answer.
    net::task<result<response>> ask(request what);
    failure explained(request const& what, response const& answer) const { return options_.explain(what, answer); }

    // Ends what waits; every request then fails. The transport is stopped apart.
    void stop();

    // Leave for another process to send with the same credential, out of this budget (pacer.hpp).
    leave lend(unsigned wanted) { return pacer_.lend(wanted); }

    // What the latest answers said is left of the limits.
    allowance const& left() const { return left_; }

    // What may be sent in a second of what is not urgent, as things are.
    double background_per_second() const { return pacer_.background_per_second(); }

    // Whether the latest answer took the credential for nobody's: every other one would, too.
    bool is_refused() const { return refused_; }

   private:
    net::task<result<response>> once(request what, std::string& credential);
    net::task<bool> sleep(milliseconds time);
    void note_try(milliseconds wait, instant began, request const& what, result<response> const& ended) const;
    void look_at_headers(response const& answer);
    static attempt judge(bool repeatable, unsigned number, result<response> const& ended);
    void note(std::string const& line) const;
    void note_wait(milliseconds wait, wait_reason why);
    failure not_admitted() const;
    header_list headers_for(request const& what, std::string const& credential) const;

    net::executor on_;
    client_options const options_;
    transport& over_;
    std::unique_ptr<authorization> const who_;
    pacer pacer_;
    allowance left_;
    milliseconds told_leave_{0};  // the longest wait for it that was said
    milliseconds told_budget_{0};
    std::list<timer> sleeping_;
    bool refused_ = false;
    bool stopped_ = false;
};

}  // namespace bbstream::rest
