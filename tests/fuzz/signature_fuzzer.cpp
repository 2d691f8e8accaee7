// The signature header: what is taken for a digest is exactly that digest's text.
#include "base/hex.hpp"
#include "signature/signature.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size)
{
    std::string_view const value(reinterpret_cast<char const*>(data), size);
    auto const claimed = bbstream::signature::parse_header(value);
    if (claimed && value != "sha256=" + bbstream::to_hex(*claimed))
        std::abort();
    return 0;
}
