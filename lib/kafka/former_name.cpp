#include "kafka/former_name.hpp"

namespace bbstream::kafka {

std::optional<sink::cursor> cursor_of_former_name(cursor_topic_content const& found,
                                                  std::set<std::string> const& ousted, journal::identity const& journal)
{
    std::optional<sink::cursor> newest;
    auto at = found.offset;
    for (auto const& node : ousted) {
        auto const theirs = found.others.find(node);
        if (theirs == found.others.end() || theirs->second.cursor.journal != journal || theirs->second.offset <= at)
            continue;
        newest = theirs->second.cursor;
        at = theirs->second.offset;
    }
    return newest;
}

}  // namespace bbstream::kafka
