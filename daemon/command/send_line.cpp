// bbstream send
#include "daemon/command/lines.hpp"
#include "daemon/command/send.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace bbstream::command {

void add_send(CLI::App& program, action& chosen)
{
    auto* line = program.add_subcommand("send", "sign one body and deliver it as Bitbucket would");
    auto options = std::make_shared<send_options>();
    line->group(events_group);
    line->add_option("--url", options->url, "where to; http:// for loopback only")->required()->option_text("URL");
    add_platform_option(*line, options->platform);
    line->add_option("--event", options->event_key, "the event key, such as repo:push")->required()->option_text("KEY");
    line->add_option("--secret-file", options->secret_file, "the file that holds the webhook's secret")
        ->required()
        ->option_text("FILE");
    auto* const ca = line->add_option("--ca", options->ca_file, "certificates to trust besides the system's");
    ca->option_text("FILE");
    line->add_flag("--insecure", options->insecure, "accept any certificate")->excludes(ca);
    line->add_option("FILE", options->file, "the body; else standard input")->option_text(" ");
    line->footer(
        "Prints the answer; exit code 0 on a 2xx. Example:\n"
        "  bbstream send --url https://localhost:8443/webhooks/cloud --platform cloud --event repo:push \\\n"
        "    --secret-file webhook.secret --ca cert.pem push.json");
    line->callback([&chosen, options] { chosen = [options] { return run_send(*options); }; });
}

}  // namespace bbstream::command
