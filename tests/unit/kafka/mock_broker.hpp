// librdkafka's mock cluster with our topics in it, for errors that a real broker can't be made to give.
#pragma once

#include "config/config.hpp"

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <initializer_list>
#include <memory>

namespace bbstream::test {

class mock_broker {
   public:
    mock_broker();
    mock_broker(mock_broker const&) = delete;
    mock_broker& operator=(mock_broker const&) = delete;
    ~mock_broker();

    // For a sink on this cluster.
    config::kafka config() const;

    // The next requests of this kind (Kafka's ApiKey) fail so, in order.
    void fail(std::int16_t api_key, std::initializer_list<rd_kafka_resp_err_t> with);
    // Every request takes so long.
    void set_round_trip(int milliseconds);
    void set_up(bool up);

   private:
    rd_kafka_t* handle_ = nullptr;
    rd_kafka_mock_cluster_t* cluster_ = nullptr;
};

}  // namespace bbstream::test
