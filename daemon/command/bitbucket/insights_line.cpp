// bbstream insights
#include "daemon/command/bitbucket/arguments.hpp"
#include "daemon/command/bitbucket/insights.hpp"
#include "daemon/command/bitbucket/noun_lines.hpp"

namespace bbstream::command {

void add_insights(CLI::App& program, action& chosen)
{
    auto& noun = add_noun(program, "insights", "Code Insights: what scans have found");
    auto& line = add_verb(noun, "report", "publish a scan's findings on a commit, in place of the report of that id");
    auto options = std::make_shared<insights_options>();
    line.add_option("COMMIT", options->commit, "its hash")->required()->check(one_name())->option_text(" ");
    line.add_option("--id", options->id, "the report's, the same for each run of a scan")
        ->required()
        ->check(one_name())
        ->option_text("ID");
    line.add_option("--title", options->title, "for people")->required()->option_text("TEXT");
    auto* const sarif =
        line.add_option("--sarif", options->sarif, "SARIF 2.1.0; -: standard input")->option_text("FILE");
    line.add_option("--annotations", options->annotations, "instead, a JSON array of Bitbucket's annotations")
        ->excludes(sarif)
        ->option_text("FILE");
    line.add_option("--result", options->result, "passed or failed (failed, if a finding is high or critical)")
        ->check(CLI::IsMember({"passed", "failed"}))
        ->option_text("RESULT");
    add_bitbucket_options(line, *options, needs::a_repository);
    line.callback([&chosen, options] {
        if (options->sarif.empty() && options->annotations.empty())
            throw CLI::RequiredError("--sarif or --annotations");
        chosen = [options] { return run_insights_report(*options); };
    });
}

}  // namespace bbstream::command
