// system.*
#include "event/data_writer.hpp"

namespace bbstream::event {

void write(data_writer& into, gap_detected const& what)
{
    auto& to = into.to();
    to.name<"ref">();
    write_ref(to, what.ref);
    to.text<"knownSha">(what.known_sha);
    to.text<"oldSha">(what.old_sha);
    to.text<"newSha">(what.new_sha);
    to.text<"reason">(what.reason);
}

void write(data_writer& into, backfill_started const& what)
{
    auto& to = into.to();
    to.text<"scope">(what.scope);
    to.number<"run">(what.run);
    to.text<"reason">(what.reason);
}

void write(data_writer& into, backfill_finished const& what)
{
    auto& to = into.to();
    to.text<"scope">(what.scope);
    to.number<"run">(what.run);
    to.text<"outcome">(what.outcome);
    to.number<"found">(what.found);
    to.number<"unfillable">(what.unfillable);
}

}  // namespace bbstream::event
