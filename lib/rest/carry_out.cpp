#include "rest/carry_out.hpp"

#include "rest/json.hpp"

namespace bbstream::rest {
namespace {

constexpr unsigned not_found = 404;

bool is_proved(std::string_view body, proof const& by)
{
    if (by.member.empty())
        return body.empty();
    json_document document;
    auto const shown = document.parse(body)[by.member];
    return by.text.empty() ? static_cast<bool>(shown) : shown.text() == by.text;
}

}  // namespace

net::task<result<outcome>> carry_out(client& over, request what, proof by, outcome done)
{
    auto const answer = co_await over.ask(what);
    if (!answer)
        co_return answer.error();
    if (!is_proved(answer->body, by))
        co_return not_named(by.thing);
    co_return done;
}

net::task<result<outcome>> replace_report(client& over, report_upload with, outcome done)
{
    auto const removal = change(method::remove, with.target);
    auto const removed = co_await over.send(removal);
    if (!removed)
        co_return removed.error();
    // What stays would be added to.
    if (!removed->ok() && removed->status != not_found)
        co_return over.explained(removal, *removed);
    auto const making = change(method::put, with.target, with.body);
    proof const by{"report", "title", {}};
    auto const made = co_await carry_out(over, making, by, done);
    if (!made)
        co_return made.error();
    for (auto const& some : with.annotations) {
        auto const adding = change(method::post, with.target + "/annotations", some);
        auto const added = co_await over.ask(adding);
        if (!added)
            co_return added.error();
    }
    co_return done;
}

failure not_named(std::string_view what)
{
    return {failure_kind::invalid,
            "the answer names no " + std::string(what) + ": whether it has been done is not known"};
}

std::string_view verdict_text(verdict how)
{
    switch (how) {
        case verdict::approve:
            return "approved";
        case verdict::unapprove:
            return "no longer approved";
        case verdict::request_changes:
            return "changes requested";
    }
    return "";
}

outcome about_pull_request(std::uint64_t id, std::string_view what)
{
    return {"pull request " + std::to_string(id) + ": " + std::string(what), std::to_string(id), {}};
}

outcome about_status(build_status const& status)
{
    return {status.key + " is " + status.state, status.key, status.url};
}

outcome about_report(insight_report const& report)
{
    auto const findings = std::to_string(report.found.findings.size()) + " findings, ";
    return {"report " + report.id + ": " + findings + (report.passed ? "passed" : "failed"), report.id, {}};
}

}  // namespace bbstream::rest
