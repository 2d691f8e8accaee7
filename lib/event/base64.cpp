#include "event/base64.hpp"

#include <openssl/evp.h>

namespace bbstream::event {

void append_base64(std::string& out, std::string_view bytes)
{
    std::size_t const before = out.size();
    out.resize(before + base64_size(bytes.size()) + 1);  // and a NUL that EVP_EncodeBlock writes
    auto* const to = reinterpret_cast<unsigned char*>(out.data() + before);
    EVP_EncodeBlock(to, reinterpret_cast<unsigned char const*>(bytes.data()), static_cast<int>(bytes.size()));
    out.pop_back();
}

}  // namespace bbstream::event
