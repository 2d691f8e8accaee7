// What an error of Kafka means for us; the only place that sorts librdkafka's codes.
#pragma once

#include "base/failure.hpp"
#include "kafka/handles.hpp"

#include <string>
#include <string_view>

namespace bbstream::kafka {

enum class fate {
    retriable,  // the broker, or the way to it, is away
    abortable,  // this transaction can't be committed, the next one may be
    fenced,     // another producer has taken over our transactional.id
    fatal,      // this producer handle is of no use any more
    forbidden,  // the broker does not let us: the operator must act
    refused,    // an event's content is refused for good
};

fate fate_of(rd_kafka_resp_err_t code);
// As above; librdkafka's own word on the error counts where the code alone does not decide.
fate fate_of(rd_kafka_error_t const* error);

std::string_view fate_name(fate which);

// "what: librdkafka's message". Kind permanent where the fate is forbidden, else unavailable: the producer is rebuilt,
// which is the cure for every other fate. (What is refused needs its event named as well: see producer.)
failure explain(std::string_view what, rd_kafka_resp_err_t code, std::string_view detail = {});
failure explain(std::string_view what, rd_kafka_error_t const* error);

}  // namespace bbstream::kafka
