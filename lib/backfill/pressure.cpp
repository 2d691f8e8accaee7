#include "backfill/pressure.hpp"

namespace bbstream::backfill {

bool must_wait(pressure const& now)
{
    auto const& journal = now.journal;
    if (!journal.writable || journal.last > now.applied + records_behind_max)
        return true;
    // The next one came no earlier than the last that is folded: after a quiet time this holds for a moment only.
    if (journal.last > now.applied && now.folded_received > 0 && now.now - now.folded_received > time_behind_max)
        return true;
    if (journal.last <= now.committed || journal.last < journal.first)
        return false;
    // Of the bytes on disk, as if all records were of one size.
    double const records = static_cast<double>(journal.last - journal.first + 1);
    double const unpublished = static_cast<double>(journal.last - now.committed) / records;
    return unpublished * static_cast<double>(journal.bytes) >
           now.journal_share_max * static_cast<double>(now.journal_bytes_max);
}

}  // namespace bbstream::backfill
