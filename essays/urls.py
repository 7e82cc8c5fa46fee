app_name = "essays"
urlpatterns: list = []
