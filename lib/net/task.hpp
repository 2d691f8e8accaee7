// The coroutine vocabulary of the request path: one reactor is one thread with its own io_context.
//
// The executor type is concrete: with any_io_executor every step of a coroutine would pay for type erasure.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace bbstream::net {

using executor = boost::asio::io_context::executor_type;

template <class T>
using task = boost::asio::awaitable<T, executor>;

// `auto [error] = co_await timer.async_wait(net::as_result)`: errors as values.
inline constexpr auto as_result = boost::asio::as_tuple(boost::asio::use_awaitable_t<executor>{});

}  // namespace bbstream::net
