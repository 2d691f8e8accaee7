// Owning pointers to what librdkafka gives out.
#pragma once

#include <librdkafka/rdkafka.h>

#include <memory>

namespace bbstream::kafka {

template <auto Destroy>
struct destroyer {
    template <class Object>
    void operator()(Object* object) const
    {
        Destroy(object);
    }
};

template <class Object, auto Destroy>
using handle = std::unique_ptr<Object, destroyer<Destroy>>;

using conf_handle = handle<rd_kafka_conf_t, rd_kafka_conf_destroy>;
using error_handle = handle<rd_kafka_error_t, rd_kafka_error_destroy>;
using message_handle = handle<rd_kafka_message_t, rd_kafka_message_destroy>;
using headers_handle = handle<rd_kafka_headers_t, rd_kafka_headers_destroy>;
using queue_handle = handle<rd_kafka_queue_t, rd_kafka_queue_destroy>;
using event_handle = handle<rd_kafka_event_t, rd_kafka_event_destroy>;
using admin_options_handle = handle<rd_kafka_AdminOptions_t, rd_kafka_AdminOptions_destroy>;
using new_topic_handle = handle<rd_kafka_NewTopic_t, rd_kafka_NewTopic_destroy>;
using config_resource_handle = handle<rd_kafka_ConfigResource_t, rd_kafka_ConfigResource_destroy>;

struct metadata_destroyer {
    void operator()(rd_kafka_metadata_t const* metadata) const { rd_kafka_metadata_destroy(metadata); }
};
using metadata_handle = std::unique_ptr<rd_kafka_metadata_t const, metadata_destroyer>;

}  // namespace bbstream::kafka
