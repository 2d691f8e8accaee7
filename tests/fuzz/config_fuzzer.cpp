// The configuration file: any text is a configuration or an error with a message, and the same the second time.
#include "config/load.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size)
{
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    auto const read = bbstream::config::parse(text, "fuzz.toml");
    auto const again = bbstream::config::parse(text, "fuzz.toml");
    bool const same = read.has_value() == again.has_value() && (!read || *read == *again);
    if (!same || (!read && read.error().message.empty()))
        std::abort();
    return 0;
}
