#include "base/random.hpp"

#include <random>

namespace bbstream {

void fill_random(std::span<unsigned char> bytes)
{
    std::random_device random;
    for (auto& byte : bytes)
        byte = static_cast<unsigned char>(random());
}

}  // namespace bbstream
