#include "credential/sealing_key.hpp"
#include "daemon/command/auth/auth.hpp"
#include "daemon/command/complain.hpp"

namespace bbstream::command {

int run_auth_key(std::string const& path)
{
    if (path.empty())
        return print(credential::new_key_text() + '\n');
    if (auto const made = credential::make_key_file(path); !made)
        return complain(made.error().message);
    return success;
}

}  // namespace bbstream::command
