// From the configuration to a sink, and how publishing goes with it.
#pragma once

#include "config/config.hpp"
#include "event/encode.hpp"
#include "flow/folding.hpp"
#include "sink/reader.hpp"
#include "sink/replayer.hpp"
#include "sink/sink.hpp"

#include <memory>

namespace bbstream::daemon {

// The topics that events go to.
event::topic_set topics_for(config::config const& from);

// What is wrong with its configuration is said when it is opened. `take_over`: of instances that another node serves.
// `of` is the journal that is published to it.
std::unique_ptr<sink::sink> make_sink(config::config const& from, bool take_over, journal::identity const& of);

// What reads the same sink back.
std::unique_ptr<sink::reader> make_reader(config::config const& from);

// What brings events of the past out once more, beside it; `now` names the file of a replay.
std::unique_ptr<sink::replayer> make_replayer(config::config const& from, micros now);

// How events are encoded for it, apart from epoch and journal.
event::encoding encoding_for(config::config const& from);

flow::folding_options folding_options_for(config::config const& from);

}  // namespace bbstream::daemon
