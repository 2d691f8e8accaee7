#include "rest/finding.hpp"

#include "rest/json.hpp"

#include <algorithm>
#include <array>

namespace bbstream::rest {
namespace {

// The first that is there.
std::string text_of(json const& from, std::initializer_list<std::string_view> names)
{
    for (auto const name : names)
        if (auto const text = from[name].text())
            return std::string(*text);
    return {};
}

severity severity_named(std::string_view name)
{
    constexpr std::array names = {"LOW", "MEDIUM", "HIGH", "CRITICAL"};
    auto const found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? severity::medium : static_cast<severity>(found - names.begin());
}

}  // namespace

result<scan> read_annotations(std::string_view text)
{
    auto const first = text.find_first_not_of(" \t\r\n");
    bool const bare = first != std::string_view::npos && text[first] == '[';
    json_document document;
    auto const whole = document.parse(bare ? "{\"annotations\":" + std::string(text) + '}' : std::string(text));
    if (!whole["annotations"].is_array())
        return failure{failure_kind::invalid, "no JSON array of annotations"};
    scan read;
    for (auto const& each : whole["annotations"].elements()) {
        finding one;
        one.id = text_of(each, {"external_id", "externalId"});
        one.summary = text_of(each, {"summary", "message"});
        one.details = text_of(each, {"details"});
        one.path = text_of(each, {"path"});
        one.link = text_of(each, {"link"});
        one.severity = severity_named(each["severity"].text().value_or(""));
        if (auto kind = text_of(each, {"annotation_type", "type"}); !kind.empty() && kind != "report_annotation")
            one.kind = std::move(kind);
        auto const line = each["line"].number().value_or(0);
        one.line = static_cast<std::uint32_t>(std::clamp<std::int64_t>(line, 0, 1'000'000'000));
        if (one.summary.empty())
            return failure{failure_kind::invalid,
                           "annotation " + std::to_string(read.findings.size() + 1) + " has no summary (or message)"};
        if (one.id.empty())
            one.id = "annotation-" + std::to_string(read.findings.size() + 1);
        read.findings.push_back(std::move(one));
    }
    return read;
}

std::size_t keep_gravest(std::vector<finding>& findings)
{
    auto const all = findings.size();
    std::stable_sort(findings.begin(), findings.end(),
                     [](finding const& one, finding const& other) { return one.severity > other.severity; });
    findings.resize(std::min(all, findings_max));
    return all - findings.size();
}

std::string cut(std::string_view text, std::size_t bytes_max)
{
    if (text.size() <= bytes_max)
        return std::string(text);
    while (bytes_max > 0 && (static_cast<unsigned char>(text[bytes_max]) & 0xc0) == 0x80)
        --bytes_max;
    return std::string(text.substr(0, bytes_max));
}

}  // namespace bbstream::rest
