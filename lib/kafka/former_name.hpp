// A journal whose node has another name now: where its publishing goes on. A pure decision.
#pragma once

#include "kafka/cursor_reader.hpp"

#include <optional>
#include <set>
#include <string>

namespace bbstream::kafka {

// The newest cursor of this journal that is of a node which is ousted, if it is newer than our own: that node was this
// one, before its name was changed. Nothing where there is none. What a node that stays has published of a copy of this
// journal tells nothing of it.
std::optional<sink::cursor> cursor_of_former_name(cursor_topic_content const& found,
                                                  std::set<std::string> const& ousted,
                                                  journal::identity const& journal);

}  // namespace bbstream::kafka
