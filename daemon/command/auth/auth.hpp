// `bbstream auth`: people's logins at Bitbucket, and the key that they are sealed with.
#pragma once

#include "daemon/command/bitbucket/options.hpp"

#include <string>

namespace bbstream::command {

struct auth_login_options : bitbucket_options {
    std::string as;      // the name to keep the tokens under; empty: auth.username, else the account's
    bool paste = false;  // the browser is on another machine: its last address is typed in
};

// Sends a person to Bitbucket in the browser, waits for the answer, and keeps the tokens. Gives the exit code.
int run_auth_login(auth_login_options const& options);

// Renews the tokens now. Gives the exit code.
int run_auth_refresh(auth_login_options const& options);

// Who is known at each instance, and how; asks nobody. Gives the exit code: 1 where something can't be read.
int run_auth_status(bitbucket_options const& options);

// A new key for [state] key: into a file of its own, or on standard output where `path` is empty. Gives the exit code.
int run_auth_key(std::string const& path);

}  // namespace bbstream::command
