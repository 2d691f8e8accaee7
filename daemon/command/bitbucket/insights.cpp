#include "daemon/command/bitbucket/insights.hpp"

#include "daemon/command/bitbucket/outcome_output.hpp"
#include "daemon/command/complain.hpp"
#include "daemon/command/input.hpp"
#include "daemon/command/table.hpp"

#include <algorithm>

namespace bbstream::command {
namespace {

result<rest::scan> read_scan(insights_options const& options)
{
    auto const& file = options.sarif.empty() ? options.annotations : options.sarif;
    auto const text = read_body(file == "-" ? std::string() : file);
    if (!text)
        return text.error();
    auto read = options.sarif.empty() ? rest::read_annotations(*text) : rest::read_sarif(*text);
    if (!read)
        return failure{read.error().kind, file + ": " + read.error().message};
    return read;
}

bool is_passed(insights_options const& options, rest::scan const& found)
{
    if (!options.result.empty())
        return options.result == "passed";
    return std::none_of(found.findings.begin(), found.findings.end(),
                        [](rest::finding const& each) { return each.severity >= rest::severity::high; });
}

}  // namespace

int run_insights_report(insights_options const& options)
{
    auto found = read_scan(options);
    if (!found)
        return complain_of(found.error());
    bool const passed = is_passed(options, *found);
    if (auto const left_out = rest::keep_gravest(found->findings); left_out != 0)
        complain(count_text(left_out) + " findings are left out: a report has at most " +
                 count_text(rest::findings_max) + ", and the gravest are kept");
    rest::insight_report const what{options.id, options.title, passed, std::move(*found)};
    return run_change(options,
                      [&](rest::actions& on) { return on.report(options.repository(), options.commit, what); });
}

}  // namespace bbstream::command
