#include "check/judge.hpp"

#include "rest/datacenter/standing.hpp"
#include "rest/json.hpp"
#include "rest/retry.hpp"

#include <algorithm>
#include <cstdlib>

namespace bbstream::check {
namespace {

constexpr micros second = 1'000'000;
constexpr micros day = 24 * 3600 * second;

std::string date_of(micros at)
{
    std::string text;
    append_rfc3339(text, at);
    return text.substr(0, 10);
}

std::string days_text(micros time)
{
    auto const days = time / day;
    return std::to_string(days) + (days == 1 ? " day" : " days");
}

std::string joined(std::vector<std::string> const& names)
{
    std::string all;
    for (auto const& each : names)
        all += (all.empty() ? "" : ", ") + each;
    return all;
}

line no_bitbucket(std::string what, unsigned status)
{
    return {std::move(what), grade::failed, "what answers is not Bitbucket (" + std::to_string(status) + ")",
            "is the address right, or does a login or a portal lie before it?"};
}

std::string missing_text(std::vector<scope> const& missing)
{
    std::string all;
    for (auto const& each : missing)
        all += (all.empty() ? "" : ", ") + each.name + " (" + each.why + ")";
    return all;
}

}  // namespace

line judge_certificate(micros ends, micros now)
{
    line one{"tls", grade::ok, "verified; the certificate is good until " + date_of(ends), {}};
    if (ends - now >= certificate_margin)
        return one;
    one.how = grade::warning;
    one.said += ", " + days_text(ends - now) + " from now";
    one.advice = "have it renewed by whoever runs the server";
    return one;
}

line judge_clock(std::string_view date, micros before, micros after)
{
    line one{"clock", grade::unknown, "the server does not tell the time", {}};
    auto const told = rest::parse_http_date(date);
    if (!told)
        return one;
    auto const theirs = *told / second;
    std::int64_t off = 0;
    if (theirs < before / second)
        off = before / second - theirs;
    else if (theirs > after / second)
        off = after / second - theirs;
    one.how = grade::ok;
    one.said = "the same as the server's";
    if (std::abs(off) <= skew_noticed)
        return one;
    one.how = std::abs(off) > skew_refused ? grade::failed : grade::warning;
    one.said = "this machine's is " + std::to_string(std::abs(off)) + " s " + (off > 0 ? "ahead of" : "behind") +
               " the server's";
    one.advice = "synchronize it (timedatectl set-ntp true)";
    return one;
}

line judge_user(rest::response const& answer, std::string const& prefix)
{
    constexpr unsigned forbidden = 403;
    line one{prefix + "credential", grade::ok, {}, {}};
    if (!answer.ok() && answer.status != forbidden) {
        one.how = grade::failed;
        return one;
    }
    rest::json_document document;
    auto const body = document.parse(answer.body);
    auto const name = body["display_name"].text();
    auto const kind = std::string(answer.header("x-credential-type"));
    if (answer.ok() && (name || body["uuid"].text() || body["account_id"].text()))
        one.said = "accepted, as " + std::string(name.value_or("somebody"));
    else if (!answer.ok() && (!kind.empty() || !answer.header("x-oauth-scopes").empty() || body["error"]))
        one.said = "accepted" + (kind.empty() ? std::string() : " (" + kind + ")") + "; it does not say who it is";
    else
        one = no_bitbucket(std::move(one.what), answer.status);
    return one;
}

line judge_standing(rest::response const& answer, std::string const& prefix)
{
    using rest::datacenter::standing;
    auto what = prefix + "credential";
    switch (rest::datacenter::read_standing(answer)) {
        case standing::known:
            return {what, grade::ok, "accepted; X-AUSERNAME, which tells as whom, is taken out on the way", {}};
        case standing::nobody:
            return {what, grade::failed, rest::datacenter::not_authenticated, "make a new token, or log in again"};
        case standing::unclear:
            break;
    }
    if (answer.ok())
        return no_bitbucket(std::move(what), answer.status);
    return {what,
            grade::unknown,
            "nothing tells whether it is accepted: X-AUSERNAME is missing, and users can't be listed (" +
                std::to_string(answer.status) + ")",
            {}};
}

line judge_scopes(rest::response const& answer, std::vector<scope> const& needed, vocabulary in,
                  std::string const& prefix)
{
    std::vector<std::string> names;
    for (auto const& each : needed)
        if (each.required)
            names.push_back(each.name);
    line one{prefix + "scopes", grade::unknown, {}, {}};
    auto const granted = split_scopes(answer.header("x-oauth-scopes"));
    if (granted.empty()) {
        one.said = "Bitbucket does not tell; needed: " + joined(names);
        return one;
    }
    auto const gap = compare_scopes(needed, granted, in);
    if (!gap.missing.empty()) {
        one.how = std::ranges::any_of(gap.missing, &scope::fatal) ? grade::failed : grade::warning;
        one.said = "missing: " + missing_text(gap.missing);
        one.advice = "make a new token; scopes of one can't be changed";
    } else if (!gap.excess.empty()) {
        one.how = grade::warning;
        one.said = "more than needed: " + joined(gap.excess);
        one.advice = "needed: " + joined(names);
    } else {
        one.how = grade::ok;
        one.said = joined(names);
    }
    return one;
}

line judge_allowance(rest::allowance const& left, std::string const& configured)
{
    line one{"limit", grade::unknown, "Bitbucket does not tell; configured: " + configured, {}};
    if (!left.limit && !left.remaining && !left.nearly_used_up)
        return one;
    one.how = left.nearly_used_up || left.remaining == 0 ? grade::warning : grade::ok;
    if (left.remaining)
        one.said = std::to_string(*left.remaining) + " requests left";
    else
        one.said = left.nearly_used_up ? "less than a fifth of the requests is left" : "more than a fifth is left";
    if (left.limit)
        one.said += " of " + std::to_string(*left.limit);
    if (one.how == grade::warning)
        one.advice = "see who else uses this user's limit, or lower auth.requests_per_hour";
    return one;
}

line judge_hooks(hooks::survey const& seen, config::instance const& one, std::vector<std::string> const& events)
{
    using hooks::deed;
    // Which secret they have is hooks sync's to know.
    hooks::wishes const want{one.webhook_url, one.webhook_scope, events, false};
    auto const plan = hooks::make_plan(seen.there, want, {}, false);
    auto const of_them = std::to_string(plan.count(deed::create) + plan.count(deed::update) + plan.count(deed::keep));
    line told{"webhooks", grade::ok, {}, {}};
    auto const add = [&](std::size_t count, std::string const& what) {
        if (count != 0)
            told.said += (told.said.empty() ? "" : ", ") + std::to_string(count) + ' ' + what;
    };
    add(seen.failures.size(), "can't be seen (" + (seen.failures.empty() ? "" : seen.failures.front()) + ")");
    add(plan.count(deed::create), "missing");
    add(plan.count(deed::update), "not as configured");
    add(plan.count(deed::report), "twice");
    if (!seen.failures.empty())
        told.how = grade::failed;
    else if (!told.said.empty())
        told.how = grade::warning;
    if (told.how == grade::ok)
        told.said = "as configured";
    else
        told.advice = "bbstream hooks sync --dry-run tells which";
    told.said += ", of " + of_them + " that were looked at";
    return told;
}

}  // namespace bbstream::check
