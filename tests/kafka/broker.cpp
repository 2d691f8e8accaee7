#include "broker.hpp"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <random>
#include <stdexcept>

namespace bbstream::test {

namespace {

std::string first_line(std::string const& path)
{
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

void run_script(std::string const& arguments)
{
    auto const command = "'" BBSTREAM_SOURCE_DIR "/dev.d/kafka' " + arguments + " >/dev/null";
    if (std::system(command.c_str()) != 0)
        throw std::runtime_error("failed: " + command);
}

}  // namespace

std::string broker_address()
{
    auto const* const given = std::getenv("BBSTREAM_KAFKA");
    auto address = given != nullptr ? std::string(given) : first_line(BBSTREAM_KAFKA_DIRECTORY "/address");
    if (address.empty())
        throw std::runtime_error("no broker: start one by ctest's fixture kafka, or set BBSTREAM_KAFKA");
    return address;
}

config::kafka fresh_config(std::string const& name)
{
    static unsigned const run = std::random_device()();
    config::kafka made;
    made.topic_prefix = "t" + std::to_string(run) + "-" + name;
    made.topics_partitions = 4;
    made.properties["bootstrap.servers"] = broker_address();
    return made;
}

own_broker::own_broker(std::string directory) : directory_(std::move(directory))
{
    start();
    address_ = first_line(directory_ + "/address");
}

own_broker::~own_broker()
{
    auto const command = "'" BBSTREAM_SOURCE_DIR "/dev.d/kafka' stop '" + directory_ + "'";
    if (std::system(command.c_str()) != 0)
        std::perror("stopping a broker");
}

void own_broker::start()
{
    run_script("start --directory '" + directory_ + "'");
}

void own_broker::kill()
{
    run_script("kill '" + directory_ + "'");
}

}  // namespace bbstream::test
