// A transactional producer without manners: it leaves transactions open, as a crashed or a slow one does.
#pragma once

#include "kafka/handles.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace bbstream::test {

class raw_producer {
   public:
    // Ready to begin: init_transactions has been called. Throws on any error, here and below.
    raw_producer(std::string const& address, std::string const& transactional_id);

    void begin();
    // Delivered, in the open transaction, when it returns.
    void send(std::string const& topic, std::string const& key, std::string const& value,
              std::int32_t partition = RD_KAFKA_PARTITION_UA);
    void commit();
    void abort();

   private:
    kafka::handle<rd_kafka_t, rd_kafka_destroy> handle_;
};

// Creates a topic with settings of its own, and waits for it.
void create_topic(std::string const& address, std::string const& name, int partitions,
                  std::map<std::string, std::string> const& settings);

}  // namespace bbstream::test
