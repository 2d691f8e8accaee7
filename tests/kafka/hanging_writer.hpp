// Makes transactions hang: it writes a producer's records into partitions that the transaction's coordinator does not
// hear of, so that no end of it ever reaches them. A broker lets that happen with verification switched off.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace bbstream::test {

// Lets a broker take records of transactions without asking their coordinator. Throws on any error, as all below.
void switch_verification_off(std::string const& address);

// Speaks Kafka's protocol itself (https://kafka.apache.org/protocol: InitProducerId 1, Produce 3, record batches of
// magic 2), as no client lets a producer do this.
class hanging_writer {
   public:
    // Fences others of that transactional.id. The broker must be the only one, and have coordinated before.
    hanging_writer(std::string const& address, std::string const& transactional_id);
    hanging_writer(hanging_writer const&) = delete;
    hanging_writer& operator=(hanging_writer const&) = delete;
    ~hanging_writer();

    // Written when it returns.
    void write(std::string const& topic, std::int32_t partition, std::string const& key, std::string const& value);

   private:
    std::string ask(std::int16_t api, std::int16_t version, std::string const& body);
    void init();
    std::string batch_of(std::int32_t sequence, std::string const& key, std::string const& value) const;

    int socket_ = -1;
    std::string const transactional_id_;
    std::int64_t producer_ = -1;
    std::int16_t epoch_ = -1;
    std::map<std::pair<std::string, std::int32_t>, std::int32_t> sequences_;
};

}  // namespace bbstream::test
