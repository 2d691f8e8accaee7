// SARIF 2.1.0 (OASIS), as far as a code review needs it.
#include "rest/finding.hpp"
#include "rest/json.hpp"

#include <cstdlib>
#include <map>

namespace bbstream::rest {
namespace {

// Rules by id, and in their order.
struct rules {
    std::vector<json> listed;
    std::map<std::string, json, std::less<>> named;
};

rules rules_of(json const& run)
{
    rules read;
    read.listed = run["tool"]["driver"]["rules"].elements();
    for (auto const& each : read.listed)
        if (auto const id = each["id"].text())
            read.named.emplace(*id, each);
    return read;
}

std::string rule_id_of(json const& result)
{
    if (auto const id = result["ruleId"].text())
        return std::string(*id);
    return std::string(result["rule"]["id"].text().value_or("finding"));
}

json rule_of(json const& result, rules const& known)
{
    if (auto const index = result["ruleIndex"].number();
        index && *index >= 0 && static_cast<std::size_t>(*index) < known.listed.size())
        return known.listed[static_cast<std::size_t>(*index)];
    auto const found = known.named.find(rule_id_of(result));
    return found == known.named.end() ? json() : found->second;
}

// Of CVSS, as GitHub and most scanners read it.
severity by_score(double score)
{
    if (score >= 9)
        return severity::critical;
    if (score >= 7)
        return severity::high;
    return score >= 4 ? severity::medium : severity::low;
}

severity severity_of(json const& result, json const& rule)
{
    if (auto const score = rule["properties"]["security-severity"].text())
        return by_score(std::strtod(std::string(*score).c_str(), nullptr));
    auto const level =
        result["level"].text().value_or(rule["defaultConfiguration"]["level"].text().value_or("warning"));
    if (level == "error")
        return severity::high;
    return level == "warning" ? severity::medium : severity::low;
}

int hex_value(char c)
{
    constexpr std::string_view digits = "0123456789abcdef0123456789ABCDEF";
    auto const at = digits.find(c);
    return at == std::string_view::npos ? -1 : static_cast<int>(at % 16);
}

// A relative URI as a path; empty for one that leads out of the repository.
std::string path_of(std::string_view uri)
{
    while (uri.starts_with("./"))
        uri.remove_prefix(2);
    if (uri.starts_with('/') || uri.starts_with("../") || uri.find("://") != std::string_view::npos)
        return {};
    std::string path;
    for (std::size_t at = 0; at < uri.size(); ++at) {
        bool const escaped =
            uri[at] == '%' && at + 2 < uri.size() && hex_value(uri[at + 1]) >= 0 && hex_value(uri[at + 2]) >= 0;
        path += escaped ? static_cast<char>(hex_value(uri[at + 1]) * 16 + hex_value(uri[at + 2])) : uri[at];
        at += escaped ? 2 : 0;
    }
    return path;
}

finding read_result(json const& result, json const& rule)
{
    finding one;
    auto const rule_id = rule_id_of(result);
    auto const text = result["message"]["text"].text().value_or(rule["shortDescription"]["text"].text().value_or(""));
    one.summary = rule_id + ": " + std::string(text.substr(0, text.find('\n')));
    one.details = text;
    one.severity = severity_of(result, rule);
    one.kind = rule["properties"]["security-severity"] ? "VULNERABILITY" : "CODE_SMELL";
    one.link = rule["helpUri"].text().value_or("");
    if (auto const places = result["locations"].elements(); !places.empty()) {
        auto const place = places.front()["physicalLocation"];
        one.path = path_of(place["artifactLocation"]["uri"].text().value_or(""));
        auto const line = place["region"]["startLine"].number().value_or(0);
        if (!one.path.empty() && line > 0 && line < 1'000'000'000)
            one.line = static_cast<std::uint32_t>(line);
    }
    one.id = cut(rule_id + ' ' + one.path + ' ' + std::to_string(one.line), 400);
    return one;
}

}  // namespace

result<scan> read_sarif(std::string_view text)
{
    json_document document;
    auto const whole = document.parse(text);
    if (!whole["runs"].is_array())
        return failure{failure_kind::invalid, "no SARIF: a JSON object with \"runs\" is expected"};
    scan read;
    std::map<std::string, unsigned> times;
    for (auto const& run : whole["runs"].elements()) {
        if (read.tool.empty())
            read.tool = run["tool"]["driver"]["name"].text().value_or("");
        auto const known = rules_of(run);
        for (auto const& each : run["results"].elements()) {
            if (!each["suppressions"].elements().empty())
                continue;
            auto one = read_result(each, rule_of(each, known));
            // The same rule may complain twice of a line.
            if (auto const before = times[one.id]++; before != 0)
                one.id += " #" + std::to_string(before + 1);
            read.findings.push_back(std::move(one));
        }
    }
    return read;
}

}  // namespace bbstream::rest
