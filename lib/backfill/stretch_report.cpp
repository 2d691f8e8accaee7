#include "backfill/stretch_report.hpp"

#include "observe/log.hpp"

namespace bbstream::backfill {

namespace {

using std::chrono::milliseconds;

std::int64_t whole_seconds(milliseconds time)
{
    return std::chrono::ceil<std::chrono::seconds>(time).count();
}

double seconds_of(milliseconds time)
{
    return std::chrono::duration<double>(time).count();
}

}  // namespace

stretch_report::stretch_report(std::string const& instance, config::backfill const& how, observe::metrics& metrics)
    : how_(how),
      overdue_(metrics.make_gauge("bbstream_backfill_overdue_seconds",
                                  "How long the look that is overdue for longest is due; 0 while all are in time",
                                  {{"instance", instance}})),
      cycle_(metrics.make_gauge("bbstream_backfill_cycle_seconds",
                                "How long one look at each repository takes at the budget of requests",
                                {{"instance", instance}})),
      lateness_(late_after(how))
{
    latest_.instance = instance;
}

void stretch_report::note(milliseconds due_for, std::size_t repositories, double requests, double per_second)
{
    bool const changed = lateness_.note(due_for);
    auto now = latest();
    now.repositories = repositories;
    now.overdue = lateness_.is_late() ? due_for : milliseconds(0);
    now.cycle = cycle_time(requests, per_second);
    {
        std::lock_guard const lock(mutex_);
        latest_ = now;
    }
    if (changed)
        tell_change(now);
    overdue_.set(seconds_of(now.overdue));
    cycle_.set(seconds_of(now.cycle));
}

void stretch_report::tell_change(stretch const& now) const
{
    if (now.overdue == milliseconds(0))
        observe::info("looks are in time again", {{"instance", now.instance}});
    else
        observe::info("looks come late: a cycle takes longer than is configured",
                      {{"instance", now.instance},
                       {"overdue_s", whole_seconds(now.overdue)},
                       {"cycle_s", whole_seconds(now.cycle)},
                       {"interval_s", whole_seconds(how_.interval)},
                       {"reconcile_s", whole_seconds(how_.reconcile)}});
}

stretch stretch_report::latest() const
{
    std::lock_guard const lock(mutex_);
    return latest_;
}

}  // namespace bbstream::backfill
