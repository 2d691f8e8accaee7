#include "credential/secret_text.hpp"

#include <sodium.h>

namespace bbstream::credential {

void wipe(void* from, std::size_t bytes)
{
    ::sodium_memzero(from, bytes);
}

void wipe(std::string& text)
{
    wipe(text.data(), text.size());
    text.clear();
}

}  // namespace bbstream::credential
