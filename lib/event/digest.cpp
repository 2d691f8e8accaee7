#include "event/digest.hpp"

#include <openssl/evp.h>

#include <memory>
#include <new>

namespace bbstream::event {

namespace {

struct freeing {
    void operator()(EVP_MD* what) const { EVP_MD_free(what); }
    void operator()(EVP_MD_CTX* what) const { EVP_MD_CTX_free(what); }
};

// One algorithm, fetched once, with a context that is used again: both cost more than hashing a name.
template <class Digest>
class digester {
   public:
    explicit digester(char const* algorithm)
        : algorithm_(EVP_MD_fetch(nullptr, algorithm, nullptr)), context_(EVP_MD_CTX_new())
    {
        if (!algorithm_ || !context_)
            throw std::bad_alloc();
    }

    Digest operator()(std::string_view first, std::string_view second)
    {
        Digest digest;
        bool const done = EVP_DigestInit_ex2(context_.get(), algorithm_.get(), nullptr) == 1 &&
                          EVP_DigestUpdate(context_.get(), first.data(), first.size()) == 1 &&
                          EVP_DigestUpdate(context_.get(), second.data(), second.size()) == 1 &&
                          EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr) == 1;
        if (!done)
            throw std::bad_alloc();
        return digest;
    }

   private:
    std::unique_ptr<EVP_MD, freeing> algorithm_;
    std::unique_ptr<EVP_MD_CTX, freeing> context_;
};

}  // namespace

sha1_digest sha1(std::string_view first, std::string_view second)
{
    thread_local digester<sha1_digest> digest("SHA1");
    return digest(first, second);
}

sha256_digest sha256(std::string_view first, std::string_view second)
{
    thread_local digester<sha256_digest> digest("SHA256");
    return digest(first, second);
}

}  // namespace bbstream::event
