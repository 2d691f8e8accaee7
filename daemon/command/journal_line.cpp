// bbstream journal status | fsck | replay
#include "daemon/command/journal.hpp"
#include "daemon/command/lines.hpp"
#include "daemon/command/replay.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace bbstream::command {

namespace {

std::shared_ptr<journal_options> add_options(CLI::App& to)
{
    auto options = std::make_shared<journal_options>();
    add_config_option(to, options->config_path);
    to.add_flag("--json", options->json, "one JSON object");
    return options;
}

// RFC 3339, as events have their times.
CLI::Option* add_time(CLI::App& to, std::string const& name, std::optional<micros>& time, std::string const& what)
{
    auto const read = [&time](std::string const& text) {
        time = parse_timestamp(text);
        return time.has_value();
    };
    return to
        .add_option_function<std::string>(
            name,
            [read, name](std::string const& text) {
                if (!read(text))
                    throw CLI::ValidationError(name, "no time such as 2026-08-24T10:00:00Z: " + text);
            },
            what)
        ->option_text("TIME");
}

void add_replay(CLI::App& to, action& chosen)
{
    auto* line = to.add_subcommand("replay", "bring events out once more, with the ids and sequences that they had");
    auto options = std::make_shared<replay_options>();
    line->group("Commands");
    add_config_option(*line, options->config_path);
    line->add_option("--from", options->wish.from, "the first record's sequence")->option_text("SEQ");
    line->add_option("--to", options->wish.to, "the last record's sequence")->option_text("SEQ");
    add_time(*line, "--since", options->wish.since, "records received from then on");
    add_time(*line, "--until", options->wish.until, "records received before then");
    line->add_option("--repo", options->wish.repository, "WORKSPACE/SLUG, PROJECT/SLUG or the repository's id")
        ->option_text("NAME");
    line->add_flag("--dry-run", options->dry_run, "say what would be brought out, and do nothing");
    line->add_flag("--json", options->json, "one JSON object");
    line->footer(
        "Into Kafka's topics, or a file replay.TIME.jsonl beside the events; each says bborigin=replay.\n"
        "Cursor and state stay as they are, and a daemon may run. Readers who drop ids that they know see nothing "
        "new.");
    line->callback([&chosen, options] { chosen = [options] { return run_replay(*options); }; });
}

}  // namespace

void add_journal(CLI::App& program, action& chosen)
{
    auto* line =
        program.add_subcommand("journal", "look at the journal, or replay it, beside a running daemon or without");
    line->group(journal_group)->require_subcommand(1);

    auto* status = line->add_subcommand("status", "what is kept: sequences, segments, bytes");
    status->group("Commands");
    status->callback(
        [&chosen, options = add_options(*status)] { chosen = [options] { return run_journal_status(*options); }; });

    auto* fsck = line->add_subcommand("fsck", "read every byte and check it; exit 1 when something is damaged");
    fsck->group("Commands");
    fsck->footer("It changes nothing.");
    add_replay(*line, chosen);
    fsck->callback(
        [&chosen, options = add_options(*fsck)] { chosen = [options] { return run_journal_fsck(*options); }; });
}

}  // namespace bbstream::command
