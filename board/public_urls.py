app_name = "board_public"
urlpatterns: list = []
