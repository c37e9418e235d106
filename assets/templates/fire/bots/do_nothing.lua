-- 不作为 do_nothing: nobody gives an order.
return function(k) end
